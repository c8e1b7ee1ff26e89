package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel through a SOCKS5 proxy (RFC 1928), with user name and password if it asks for them (RFC 1929).
 * Immutable; thread-safe.
 *
 * <p>The proxy looks up host names: no target's name leaves this host in any other way. Unix sockets are
 * reached directly.
 */
public final class SocksProxy implements Connector {
  private static final int VERSION = 5;
  private static final int SUBNEGOTIATION_VERSION = 1;
  private static final int NO_AUTHENTICATION = 0;
  private static final int GSSAPI = 1;
  private static final int USER_AND_PASSWORD = 2;
  private static final int NONE_ACCEPTABLE = 0xFF;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  private final Endpoint proxy;
  private final Activity asking;
  private final byte @Nullable [] user;
  private final byte @Nullable [] password;

  private SocksProxy(Endpoint proxy, byte @Nullable [] user, byte @Nullable [] password) {
    this.proxy = proxy;
    // A failure is one of the target, and does not tell the proxy otherwise.
    this.asking = new Activity(Phase.PROXY, "asking the SOCKS proxy " + proxy + " for");
    this.user = user;
    this.password = password;
  }

  /**
   * A proxy that asks for no credentials.
   *
   * @param proxy where it listens; over TLS if the endpoint says so
   * @return the connector
   */
  public static SocksProxy of(Endpoint proxy) {
    return new SocksProxy(Objects.requireNonNull(proxy, "proxy"), null, null);
  }

  /**
   * A proxy that may ask for user name and password. They are sent in plaintext unless the endpoint is
   * a TLS one, and only when the proxy asks.
   *
   * @param proxy where it listens
   * @param user the user name, 1 to 255 bytes in UTF-8
   * @param password the password, 1 to 255 bytes in UTF-8
   * @return the connector
   * @throws IllegalArgumentException if one of them has another length
   */
  public static SocksProxy of(Endpoint proxy, String user, String password) {
    byte[] name = bounded("user name", Objects.requireNonNull(user, "user"));
    return new SocksProxy(
        Objects.requireNonNull(proxy, "proxy"),
        name,
        bounded("password", Objects.requireNonNull(password, "password")));
  }

  private static byte[] bounded(String what, String text) {
    byte[] bytes = StrictText.utf8(what, text);
    if (bytes.length < 1 || bytes.length > 255) {
      throw new IllegalArgumentException(
          "the " + what + " must have 1 to 255 bytes, not " + bytes.length);
    }
    return bytes;
  }

  @Override
  public Endpoint proxy(Endpoint target) {
    Objects.requireNonNull(target, "target");
    return target.isUnix() ? target : proxy;
  }

  @Override
  public void open(Wire wire, Endpoint target, Deadline deadline) throws IOException {
    Objects.requireNonNull(wire, "wire");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(deadline, "deadline");
    Talk talk = new Talk(wire, this, target, deadline);
    int method = chooseMethod(talk);
    if (method == USER_AND_PASSWORD) {
      authenticate(talk);
    } else if (method != NO_AUTHENTICATION) {
      String name = method == GSSAPI ? "GSSAPI" : "the method " + method;
      throw talk.refused("it wants " + name + " for authentication, which it was not offered");
    }
    connect(talk, target);
  }

  private int chooseMethod(Talk talk) throws WirelineException {
    byte[] offer = user == null
        ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
        : new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD};
    talk.write(offer);
    byte[] chosen = talk.read(2);
    talk.checkVersion(VERSION, "RFC 1928", chosen[0]);
    int method = chosen[1] & 0xFF;
    if (method == NONE_ACCEPTABLE || (method == USER_AND_PASSWORD && user == null)) {
      throw talk.refused(
          user == null ? "it asks for credentials" : "it takes no user name and password");
    }
    return method;
  }

  private void authenticate(Talk talk) throws WirelineException {
    if (user == null || password == null) {
      throw new IllegalStateException("credentials are asked for only where there are some");
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(SUBNEGOTIATION_VERSION);
    message.write(user.length);
    message.writeBytes(user);
    message.write(password.length);
    message.writeBytes(password);
    talk.write(message.toByteArray());
    byte[] answer = talk.read(2);
    talk.checkVersion(SUBNEGOTIATION_VERSION, "RFC 1929", answer[0]);
    if (answer[1] != 0) {
      throw talk.refused("it does not accept the user name and password");
    }
  }

  private static void connect(Talk talk, Endpoint target) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {VERSION, 1, 0});
    if (target.isAddress()) {
      byte[] address = InetAddress.getByName(target.host()).getAddress();
      message.write(address.length == 4 ? IPV4 : IPV6);
      message.writeBytes(address);
    } else {
      byte[] name = target.host().getBytes(StandardCharsets.US_ASCII);
      message.write(NAME);
      message.write(name.length);
      message.writeBytes(name);
    }
    message.write(target.port() >> 8);
    message.write(target.port());
    talk.write(message.toByteArray());
    byte[] answer = talk.read(4);
    talk.checkVersion(VERSION, "RFC 1928", answer[0]);
    if (answer[1] != 0) {
      int code = answer[1] & 0xFF;
      throw talk.refused(reason(code), code);
    }
    talk.read(boundAddressLength(talk, answer[3]) + 2);
  }

  private static int boundAddressLength(Talk talk, byte type) throws WirelineException {
    return switch (type) {
      case IPV4 -> 4;
      case IPV6 -> 16;
      case NAME -> talk.read(1)[0] & 0xFF;
      default -> throw talk.malformed("an address must be IPv4, IPv6 or a name", type);
    };
  }

  private static String reason(int code) {
    return switch (code) {
      case 1 -> "general failure";
      case 2 -> "not allowed by its rules";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused by the target";
      case 6 -> "time to live expired";
      case 7 -> "command not supported";
      case 8 -> "address type not supported";
      default -> "reply " + code;
    };
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "SOCKS5 proxy " + proxy;
  }

  /** The conversation with the proxy on one wire. */
  private record Talk(Wire wire, SocksProxy proxy, Endpoint target, Deadline deadline) {
    void write(byte[] bytes) throws WirelineException {
      wire.output().write(bytes, 0, bytes.length, deadline, proxy.asking);
    }

    byte[] read(int count) throws WirelineException {
      return wire.input().read(count, deadline, proxy.asking);
    }

    void checkVersion(int expected, String format, byte version) throws WirelineException {
      if (version != expected) {
        throw malformed("the version must be " + expected + " (" + format + ")", version);
      }
    }

    WirelineException malformed(String rule, int octet) {
      String excerpt = Quoted.bytes(new byte[] {(byte) octet});
      return new PeerProtocolException(target, proxy.asking, rule, excerpt);
    }

    WirelineException refused(String reason) {
      return refused(reason, -1);
    }

    WirelineException refused(String reason, int code) {
      return new ProxyException(
          target, "SOCKS proxy " + proxy.proxy + " refused: " + reason, code, null);
    }
  }
}
