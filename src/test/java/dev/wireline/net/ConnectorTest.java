package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.error.TlsException;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways to a peer that lead through others. */
@Timeout(60)
class ConnectorTest {
  private static final Tls TRUST =
      Tls.builder().trust(Carrier.CERTIFICATE.authority()).build();

  private static Dialer.Builder through(Connector... connectors) {
    Dialer.Builder builder = Dialer.builder().tls(TRUST);
    for (Connector connector : connectors) {
      builder.connector(connector);
    }
    return builder;
  }

  private static PeerServer proxy(boolean tls, ToyProxy peer) throws IOException {
    PeerServer.Builder builder = PeerServer.builder();
    return (tls ? builder.tls(Carrier.CERTIFICATE) : builder).start(peer);
  }

  private static EchoServer echo(boolean tls) throws IOException {
    EchoServer.Builder builder = EchoServer.builder();
    return (tls ? builder.tls(Carrier.CERTIFICATE) : builder).start();
  }

  private static void assertEchoes(Wire wire, String text) throws IOException {
    wire.output().write(text.getBytes(US_ASCII));
    byte[] back = wire.input().read(text.length(), Deadline.NEVER, Activity.READING);
    assertThat(new String(back, US_ASCII)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void carriesBytesWithOrWithoutTlsOnEachLeg(boolean tlsToProxy, boolean tlsToTarget)
      throws Exception {
    try (EchoServer target = echo(tlsToTarget);
        PeerServer proxy = proxy(tlsToProxy, ToyProxy.carrying());
        Wire wire = through(new ToyTunnel(proxy.endpoint())).build().dial(target.endpoint())) {

      assertEchoes(wire, "hello");

      assertThat(wire.endpoint()).isEqualTo(target.endpoint());
      assertThat(wire.remoteAddress())
          .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
      assertThat(wire.tlsSession().isPresent()).isEqualTo(tlsToTarget);
    }
  }

  @Test
  void startsTlsWithATargetBehindATlsProxy() throws Exception {
    try (PeerServer target = PeerServer.start(client -> {
          client.readLine();
          client.startTls(Carrier.CERTIFICATE);
          client.write(client.readLine() + "\n");
          client.readLine();
        });
        PeerServer proxy = proxy(true, ToyProxy.carrying());
        Wire wire = through(new ToyTunnel(proxy.endpoint())).build().dial(target.endpoint())) {
      wire.output().write("STARTTLS\n".getBytes(US_ASCII));

      wire.startTls();

      assertThat(wire.tlsSession()).isPresent();
      assertEchoes(wire, "hello\n");
    }
  }

  @Test
  void leadsThroughAChain() throws Exception {
    try (EchoServer target = echo(true);
        PeerServer near = proxy(true, ToyProxy.carrying());
        PeerServer far = proxy(false, ToyProxy.carrying())) {
      ToyTunnel first = new ToyTunnel(near.endpoint());
      ToyTunnel second = new ToyTunnel(far.endpoint());

      try (Wire wire = through(first, second).build().dial(target.endpoint())) {
        assertEchoes(wire, "hello");
      }

      assertThat(first.targets()).containsExactly(far.endpoint());
      assertThat(second.targets()).containsExactly(target.endpoint());
      assertThat(near.connections()).isEqualTo(1);
      assertThat(far.connections()).isEqualTo(1);
    }
  }

  @Test
  void dialsTheTargetWhereAConnectorLeadsToItself() throws Exception {
    Connector direct = new Connector() {
      @Override
      public Endpoint proxy(Endpoint target) {
        return target;
      }

      @Override
      public void open(Wire wire, Endpoint target, Deadline deadline) {
        throw new AssertionError("nothing to open");
      }
    };
    try (EchoServer target = echo(true);
        Wire wire = through(direct).build().dial(target.endpoint())) {

      assertEchoes(wire, "hello");

      assertThat(wire.remoteAddress())
          .contains(new InetSocketAddress(
              InetAddress.getLoopbackAddress(), target.endpoint().port()));
    }
  }

  @Test
  void leavesTheTargetsNameToTheProxy() throws Exception {
    Names names = Names.of();
    try (EchoServer target = echo(false);
        PeerServer proxy = proxy(false, ToyProxy.carrying());
        Wire wire = through(new ToyTunnel(proxy.endpoint()))
            .resolver(names)
            .build()
            .dial(Endpoint.tcp("server.test", target.endpoint().port()))) {

      assertEchoes(wire, "hello");

      assertThat(names.asked()).isEmpty();
    }
  }

  @Test
  void keepsTheBytesThatCameBehindTheProxysAnswer() throws Exception {
    try (PeerServer target = PeerServer.start(client -> {
          client.write("220 ready");
          client.hold();
        });
        PeerServer proxy = proxy(false, ToyProxy.gluing(9));
        Wire wire = through(new ToyTunnel(proxy.endpoint())).build().dial(target.endpoint())) {

      assertThat(wire.input().buffered()).isEqualTo(9);
      assertThat(wire.input().text(0, 9, US_ASCII)).isEqualTo("220 ready");
    }
  }

  @Test
  void refusesPlaintextBehindTheProxysAnswerWhereTlsIsToFollow() throws Exception {
    try (PeerServer target = PeerServer.start(client -> {
          client.write("220 ready");
          client.hold();
        });
        PeerServer proxy = proxy(false, ToyProxy.gluing(9))) {
      Wire wire = through(new ToyTunnel(proxy.endpoint()))
          .build()
          .wire(target.endpoint().withTls(true));

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown.excerpt()).isEqualTo("\"220 ready\"");
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @Test
  void closesTheWireWhenTheProxySaysNo() throws Exception {
    try (PeerServer proxy = PeerServer.start(client -> {
      client.readLine();
      client.write("NO\u001b[0m\n");
      client.readLine();
    })) {
      Wire wire =
          through(new ToyTunnel(proxy.endpoint())).build().wire(Endpoint.tcp("server.test", 1));

      ProxyException thrown = catchThrowableOfType(ProxyException.class, wire::connect);

      assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
      assertThat(thrown.phase()).isEqualTo(Phase.PROXY);
      assertThat(thrown).hasMessageContaining("said \"NO\\x1b[0m\"");
      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).containsSame(thrown);
      assertThat(catchThrowableOfType(ClientClosedException.class, wire.input()::read))
          .hasCause(thrown);
    }
  }

  @Test
  void namesTheProxyThatRefusesTheConnection() throws Exception {
    try (ClosedPort closed = ClosedPort.on("127.0.0.1")) {
      Dialer dialer = through(new ToyTunnel(closed.endpoint())).build();

      ConnectionRefusedException thrown = catchThrowableOfType(
          ConnectionRefusedException.class, () -> dialer.dial(Endpoint.tcp("server.test", 1)));

      assertThat(thrown.endpoint()).isEqualTo(closed.endpoint());
    }
  }

  @Test
  void endsAtTheConnectTimeoutWhenTheProxyIsSilent() throws Exception {
    try (PeerServer proxy = PeerServer.start(PeerConnection::hold)) {
      Wire wire = through(new ToyTunnel(proxy.endpoint()))
          .connectTimeout(Duration.ofMillis(100))
          .build()
          .wire(Endpoint.tcp("server.test", 1));

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
      assertThat(thrown).hasMessageContaining("asking the toy proxy for");
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @Test
  void givesUpTheWireWhenAConnectorHasABug() throws Exception {
    RuntimeException bug = new IllegalStateException("bug");
    long before = Leftovers.descriptors();
    try (PeerServer proxy = PeerServer.start(PeerConnection::hold)) {
      Wire wire = through(new Connector() {
            @Override
            public Endpoint proxy(Endpoint target) {
              return proxy.endpoint();
            }

            @Override
            public void open(Wire wire, Endpoint target, Deadline deadline) {
              throw bug;
            }
          })
          .build()
          .wire(Endpoint.tcp("server.test", 1));

      RuntimeException thrown = catchThrowableOfType(RuntimeException.class, wire::connect);

      assertThat(thrown).isSameAs(bug);
      assertThat(wire.failure()).containsSame(bug);
    }
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  @Test
  void checksTheProxysNameByItsOwnEndpoint() throws Exception {
    TestCertificate elsewhere = TestCertificate.onlyForHost("elsewhere.test");
    Tls tls = Tls.builder()
        .trust(elsewhere.authority(), Carrier.CERTIFICATE.authority())
        .serverName("elsewhere.test")
        .pin(Tls.pin(elsewhere.certificate()))
        .build();
    try (EchoServer target = EchoServer.builder().tls(elsewhere).start();
        PeerServer good = proxy(true, ToyProxy.carrying());
        PeerServer bad = PeerServer.builder().tls(elsewhere).start(ToyProxy.carrying())) {

      try (Wire wire =
          through(new ToyTunnel(good.endpoint())).tls(tls).build().dial(target.endpoint())) {
        assertEchoes(wire, "hello");
      }
      TlsException thrown = catchThrowableOfType(
          TlsException.class,
          () -> through(new ToyTunnel(bad.endpoint())).tls(tls).build().dial(target.endpoint()));

      assertThat(thrown.endpoint()).isEqualTo(bad.endpoint());
    }
  }
}
