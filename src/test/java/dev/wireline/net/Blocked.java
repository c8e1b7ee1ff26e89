package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A wire and a step on it that waits until somebody ends the wait. */
final class Blocked implements Closeable {
  private static final byte[] MORE_THAN_ANY_BUFFER = new byte[32 << 20];

  /** Where it waits. */
  enum Place {
    DIAL_TCP,
    DIAL_TLS,
    DIAL_UNIX,
    PROXY,
    HANDSHAKE,
    UPGRADE_TCP,
    UPGRADE_UNIX,
    READ_TCP,
    READ_UNIX,
    READ_TLS_1_2,
    READ_TLS_1_3,
    WRITE_TCP,
    WRITE_UNIX,
    WRITE_TLS_1_2,
    WRITE_TLS_1_3;

    /** A dial waits in several places one after the other: whose code is meant. */
    private Class<?> code() {
      return switch (this) {
        case PROXY -> ToyTunnel.class;
        case HANDSHAKE, UPGRADE_TCP, UPGRADE_UNIX -> Handshake.class;
        default -> Object.class;
      };
    }

    private Carrier carrier() {
      return Carrier.valueOf(name().substring(name().indexOf('_') + 1));
    }
  }

  private final Wire wire;
  private final Caller.Step step;
  private final AutoCloseable peer;
  private Class<?> code = Object.class;

  private Blocked(Wire wire, Caller.Step step, AutoCloseable peer) {
    this.wire = wire;
    this.step = step;
    this.peer = peer;
  }

  static Blocked at(Place place) throws IOException {
    Blocked made = make(place);
    made.code = place.code();
    return made;
  }

  private static Blocked make(Place place) throws IOException {
    return switch (place) {
      case DIAL_TCP, DIAL_TLS -> {
        BlackHole hole = BlackHole.tcp("127.0.0.1");
        boolean tls = place == Place.DIAL_TLS;
        yield dial(Dialer.standard().wire(hole.endpoint().withTls(tls)), hole);
      }
      case DIAL_UNIX -> {
        Path directory = Files.createTempDirectory("wire-");
        BlackHole hole = BlackHole.unix(directory.resolve("s"));
        yield dial(Dialer.standard().wire(hole.endpoint()), () -> {
          hole.close();
          Files.delete(directory.resolve("s"));
          Files.delete(directory);
        });
      }
      case PROXY -> {
        PeerServer proxy = silent(Carrier.TCP);
        Connector connector = new ToyTunnel(proxy.endpoint());
        Dialer dialer = Dialer.builder().connector(connector).build();
        yield dial(dialer.wire(Endpoint.tcp("server.test", 1)), proxy);
      }
      case HANDSHAKE -> {
        PeerServer server = silent(Carrier.TCP);
        yield dial(Dialer.standard().wire(server.endpoint().withTls(true)), server);
      }
      case UPGRADE_TCP, UPGRADE_UNIX -> upgrade(silent(place.carrier()));
      case READ_TCP, READ_UNIX, READ_TLS_1_2, READ_TLS_1_3 -> read(place.carrier());
      case WRITE_TCP, WRITE_UNIX, WRITE_TLS_1_2, WRITE_TLS_1_3 -> write(place.carrier());
    };
  }

  /** A server that neither reads nor writes. */
  private static PeerServer silent(Carrier carrier) throws IOException {
    return carrier.serve(PeerConnection::hold);
  }

  private static Blocked dial(Wire wire, AutoCloseable peer) {
    return new Blocked(wire, wire::connect, peer);
  }

  private static Blocked upgrade(PeerServer server) throws IOException {
    Wire wire = Dialer.builder()
        .tls(Tls.builder().serverName("localhost").build())
        .build()
        .dial(server.endpoint());
    return new Blocked(wire, wire::startTls, server);
  }

  private static Blocked read(Carrier carrier) throws IOException {
    PeerServer server = silent(carrier);
    Wire wire = carrier.dial(server);
    return new Blocked(wire, () -> wire.input().read(), server);
  }

  private static Blocked write(Carrier carrier) throws IOException {
    PeerServer server = silent(carrier);
    Wire wire = carrier.dial(server);
    return new Blocked(wire, () -> wire.output().write(MORE_THAN_ANY_BUFFER), server);
  }

  Wire wire() {
    return wire;
  }

  Caller.Step step() {
    return step;
  }

  /** Starts the step in a thread, and comes back when it waits. */
  Caller<Boolean> start(ThreadKind kind) {
    return Caller.run(kind, step).awaitWaiting(code);
  }

  @Override
  public void close() throws IOException {
    wire.close();
    try {
      peer.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
