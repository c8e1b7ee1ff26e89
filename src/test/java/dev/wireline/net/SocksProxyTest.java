package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SocksProxyTest {
  /** What the proxy was asked for: the target as text. */
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  @Test
  void carriesALineConversationThroughTheProxy() throws Exception {
    try (EchoServer echo = EchoServer.start();
        PeerServer proxy = PeerServer.start(new Relay(echo.endpoint().port(), false, 0));
        LineClient client = clientOf(echo.endpoint(), SocksProxy.of(proxy.endpoint()))) {

      client.writeLine("hello");

      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(asked.poll(5, TimeUnit.SECONDS)).isEqualTo("1:" + echo.endpoint());
    }
  }

  @Test
  void leavesTheLookUpOfANameToTheProxy() throws Exception {
    try (EchoServer echo = EchoServer.start();
        PeerServer proxy = PeerServer.start(new Relay(echo.endpoint().port(), false, 0));
        LineClient client =
            clientOf(Endpoint.tcp("no-such-name.invalid", 4711), SocksProxy.of(proxy.endpoint()))) {

      client.writeLine("hello");

      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(asked.poll(5, TimeUnit.SECONDS)).isEqualTo("3:no-such-name.invalid:4711");
    }
  }

  @Test
  void sendsTheCredentialsWhenAskedForThem() throws Exception {
    try (EchoServer echo = EchoServer.start();
        PeerServer proxy = PeerServer.start(new Relay(echo.endpoint().port(), true, 0));
        LineClient client =
            clientOf(echo.endpoint(), SocksProxy.of(proxy.endpoint(), "usér", "pässword"))) {

      client.writeLine("hello");

      assertThat(client.readLine()).isEqualTo("hello");
    }
  }

  @Test
  void saysThatTheProxyDoesNotAcceptTheCredentialsAndNeverShowsThem() throws Exception {
    try (PeerServer proxy = PeerServer.start(new Relay(1, true, 0));
        LineClient client = clientOf(
            Endpoint.tcp("a.test", 1), SocksProxy.of(proxy.endpoint(), "usér", "secret"))) {

      ProxyException thrown = catchThrowableOfType(ProxyException.class, client::connect);

      assertThat(thrown).hasMessageContaining("does not accept the user name and password");
      assertThat(thrown.toString()).doesNotContain("secret");
      assertThat(thrown.phase()).isEqualTo(Phase.PROXY);
    }
  }

  @Test
  void saysThatTheProxyAsksForCredentialsWhenThereAreNone() throws Exception {
    Peer demanding = connection -> {
      connection.read(3);
      connection.write(new byte[] {5, (byte) 0xFF});
      connection.hold();
    };
    try (PeerServer proxy = PeerServer.start(demanding);
        LineClient client = clientOf(Endpoint.tcp("a.test", 1), SocksProxy.of(proxy.endpoint()))) {

      assertThatThrownBy(client::connect)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("a.test:1")
          .hasMessageContaining(proxy.endpoint().toString())
          .hasMessageContaining("it asks for credentials");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, general failure",
    "2, not allowed by its rules",
    "3, network unreachable",
    "4, host unreachable",
    "5, connection refused by the target",
    "6, time to live expired",
    "7, command not supported",
    "8, address type not supported",
    "200, reply 200"
  })
  void namesTheReasonOfARefusal(int reply, String reason) throws Exception {
    try (PeerServer proxy = PeerServer.start(new Relay(1, false, reply));
        LineClient client = clientOf(Endpoint.tcp("a.test", 1), SocksProxy.of(proxy.endpoint()))) {

      assertThatThrownBy(client::connect)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0400, the version must be 5 (RFC 1928)",
    "05000400000100000000, the version must be 5 (RFC 1928)",
    "05020500, the version must be 1 (RFC 1929)",
    "05000500000900000000, an address must be IPv4"
  })
  void refusesAnAnswerThatBreaksTheProtocol(String hex, String rule) throws Exception {
    byte[] answer = java.util.HexFormat.of().parseHex(hex);
    Peer odd = connection -> {
      connection.write(answer);
      connection.hold();
    };
    try (PeerServer proxy = PeerServer.start(odd);
        LineClient client = clientOf(
            Endpoint.tcp("a.test", 1), SocksProxy.of(proxy.endpoint(), "user", "password"))) {

      assertThatThrownBy(client::connect)
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining(rule);
    }
  }

  @ParameterizedTest
  @CsvSource({"0501, it wants GSSAPI", "0503, it wants the method 3"})
  void saysThatTheProxyWantsAnotherMethod(String hex, String said) throws Exception {
    byte[] answer = java.util.HexFormat.of().parseHex(hex);
    try (PeerServer proxy = PeerServer.start(connection -> {
          connection.write(answer);
          connection.hold();
        });
        LineClient client = clientOf(Endpoint.tcp("a.test", 1), SocksProxy.of(proxy.endpoint()))) {

      assertThatThrownBy(client::connect)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(said);
    }
  }

  @Test
  void isUnderTheConnectTimeoutAsAWhole() throws Exception {
    try (PeerServer proxy = PeerServer.start(PeerConnection::hold)) {
      Dialer dialer = Dialer.builder()
          .connector(SocksProxy.of(proxy.endpoint()))
          .connectTimeout(Duration.ofMillis(100))
          .build();

      WirelineException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> dialer.dial(Endpoint.tcp("a.test", 1)));

      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
    }
  }

  @Test
  void saysThatTheProxyHungUpInTheMiddle() throws Exception {
    try (PeerServer proxy = PeerServer.start(connection -> connection.write(new byte[] {5}));
        LineClient client = clientOf(Endpoint.tcp("a.test", 1), SocksProxy.of(proxy.endpoint()))) {

      assertThatThrownBy(client::connect)
          .isInstanceOf(ConnectionClosedException.class)
          .hasMessageStartingWith("asking the SOCKS proxy " + proxy.endpoint() + " for a.test:1: ")
          .hasMessageContaining("1 of 2 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', password", "user, ''"})
  void refusesEmptyCredentials(String user, String password) {
    Endpoint proxy = Endpoint.tcp("127.0.0.1", 1080);

    assertThatThrownBy(() -> SocksProxy.of(proxy, user, password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 255 bytes");
  }

  @Test
  void refusesHalfOfASurrogatePairWithoutShowingTheText() {
    Endpoint proxy = Endpoint.tcp("127.0.0.1", 1080);

    assertThatThrownBy(() -> SocksProxy.of(proxy, "user", "secret\uD800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate")
        .hasMessageNotContaining("secret");
  }

  @Test
  void showsNoCredentials() {
    SocksProxy proxy = SocksProxy.of(Endpoint.tcp("127.0.0.1", 1080), "user", "secret");

    assertThat(proxy).hasToString("SOCKS5 proxy 127.0.0.1:1080");
  }

  @Test
  void namesItselfWhereItsOwnHandshakeFails() throws Exception {
    try (PeerServer proxy = PeerServer.builder().tls().start(PeerConnection::hold);
        LineClient client = clientOf(Endpoint.tls("a.test", 1), SocksProxy.of(proxy.endpoint()))) {

      TlsException thrown = catchThrowableOfType(TlsException.class, client::connect);

      assertThat(thrown.endpoint()).isEqualTo(proxy.endpoint());
      assertThat(thrown).hasMessageStartingWith("TLS handshake with " + proxy.endpoint());
    }
  }

  @Test
  void namesTheTargetWhoseHandshakeFailsBehindIt() throws Exception {
    Endpoint target = Endpoint.tls("a.test", 1);
    try (PeerServer proxy = PeerServer.builder().tls().start(client -> {
          client.read(client.read(2)[1]);
          client.write(new byte[] {5, 0});
          client.read(4 + 1 + "a.test".length() + 2);
          client.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
          client.read();
          client.write("this is not TLS");
        });
        LineClient client = new LineClient(
            target,
            LineOptions.builder()
                .dialer(Dialer.builder()
                    .connector(SocksProxy.of(proxy.endpoint()))
                    .tls(Tls.builder().context(proxy.clientContext()).build())
                    .build())
                .build())) {

      TlsException thrown = catchThrowableOfType(TlsException.class, client::connect);

      assertThat(thrown.endpoint()).isEqualTo(target);
      assertThat(thrown).hasMessageStartingWith("TLS handshake with " + target);
    }
  }

  private static LineClient clientOf(Endpoint target, SocksProxy proxy) {
    Dialer dialer = Dialer.builder().connector(proxy).build();
    return new LineClient(target, LineOptions.builder().dialer(dialer).build());
  }

  /** A SOCKS5 proxy that relays lines to one port whatever it is asked for. */
  private final class Relay implements Peer {
    private final int port;
    private final boolean credentials;
    private final int reply;

    Relay(int port, boolean credentials, int reply) {
      this.port = port;
      this.credentials = credentials;
      this.reply = reply;
    }

    @Override
    public void talk(PeerConnection client) throws Exception {
      int methods = client.read(2)[1];
      client.read(methods);
      client.write(new byte[] {5, (byte) (credentials ? 2 : 0)});
      if (credentials && !authenticated(client)) {
        client.hold();
        return;
      }
      asked.add(target(client));
      client.write(new byte[] {5, (byte) reply, 0, 1, 127, 0, 0, 1, 0, 1});
      if (reply == 0) {
        relay(client);
      }
    }

    private boolean authenticated(PeerConnection client) throws IOException {
      int userLength = client.read(2)[1];
      String user = new String(client.read(userLength), UTF_8);
      String password = new String(client.read(client.read()), UTF_8);
      boolean right = user.equals("usér") && password.equals("pässword");
      client.write(new byte[] {1, (byte) (right ? 0 : 1)});
      return right;
    }

    private String target(PeerConnection client) throws IOException {
      int type = client.read(4)[3];
      String host = type == 3
          ? new String(client.read(client.read()), US_ASCII)
          : InetAddress.getByAddress(client.read(4)).getHostAddress();
      byte[] bytes = client.read(2);
      return type + ":" + host + ":" + ((bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF));
    }

    private void relay(PeerConnection client) throws IOException {
      try (LineClient server = new LineClient(Endpoint.tcp("127.0.0.1", port))) {
        for (String line = client.readLine(); line != null; line = client.readLine()) {
          server.writeLine(line);
          client.write(server.readLine() + "\r\n");
        }
      }
    }
  }
}
