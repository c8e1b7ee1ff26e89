package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.endpoint.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dialer is set to, and how it reaches the channel. */
class SocketSettingsTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

  @Test
  void switchesNagleOffUnlessToldOtherwise() throws Exception {
    Dialer standard = Dialer.standard();
    Dialer delaying =
        Dialer.builder().option(StandardSocketOptions.TCP_NODELAY, false).build();

    try (SocketChannel first = standard.socketSettings().open(PEER);
        SocketChannel second = delaying.socketSettings().open(PEER)) {
      assertThat(first.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
      assertThat(second.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
      assertThat(first.isBlocking()).isFalse();
    }
  }

  @Test
  void setsTheOptionsAndTheLocalAddress() throws Exception {
    Dialer dialer = Dialer.builder()
        .option(StandardSocketOptions.SO_KEEPALIVE, true)
        .localAddress(Names.address("127.0.0.5"))
        .build();

    try (SocketChannel channel = dialer.socketSettings().open(PEER)) {
      assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(((InetSocketAddress) channel.getLocalAddress()).getAddress())
          .isEqualTo(Names.address("127.0.0.5"));
    }
  }

  @Test
  void leavesAUnixSocketAsItIs() throws Exception {
    Dialer dialer = Dialer.builder()
        .option(StandardSocketOptions.TCP_NODELAY, true)
        .localAddress(Names.address("127.0.0.5"))
        .build();

    try (SocketChannel channel =
        dialer.socketSettings().open(UnixDomainSocketAddress.of("/nowhere"))) {
      assertThat(channel.isBlocking()).isFalse();
    }
  }

  @Test
  void keepsAllSettingsInACopy() throws Exception {
    Resolver resolver = Names.of();
    Connector connector = new Direct();
    Tls tls = Tls.standard();
    Dialer dialer = Dialer.builder()
        .connectTimeout(Duration.ofSeconds(1))
        .tlsTimeout(Duration.ofSeconds(2))
        .silenceTimeout(Duration.ofSeconds(3))
        .tls(tls)
        .resolver(resolver)
        .localAddress(Names.address("127.0.0.5"))
        .option(StandardSocketOptions.SO_KEEPALIVE, true)
        .connector(connector)
        .build();

    Dialer copy = dialer.toBuilder().build();

    assertThat(copy.connectTimeout()).hasSeconds(1);
    assertThat(copy.tlsTimeout()).hasSeconds(2);
    assertThat(copy.silenceTimeout()).hasSeconds(3);
    assertThat(copy.tls()).isSameAs(tls);
    assertThat(copy.resolver()).isSameAs(resolver);
    assertThat(copy.socketSettings()).isEqualTo(dialer.socketSettings());
    assertThat(copy.socketSettings().options())
        .isEqualTo(Map.of(StandardSocketOptions.SO_KEEPALIVE, true));
    assertThat(copy.connectors()).containsExactly(connector);
    assertThat(dialer.toBuilder().connector(connector).build().connectors()).hasSize(2);
    assertThat(dialer.connectors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void refusesATimeoutThatIsNotPositive(Duration time) {
    Dialer.Builder builder = Dialer.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connectTimeout(time))
        .withMessage("connectTimeout must be more than zero, not " + time);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tlsTimeout(time))
        .withMessage("tlsTimeout must be more than zero, not " + time);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.silenceTimeout(time))
        .withMessage("silenceTimeout must be more than zero, not " + time);
  }

  @Test
  void showsADialerWithoutThePasswordsOfItsProxies() {
    Connector proxy = SocksProxy.of(Endpoint.tcp("proxy.test", 1080), "user", "secret");
    Dialer dialer = Dialer.builder().connector(proxy).build();

    assertThat(dialer)
        .hasToString("connectTimeout 10 s, tlsTimeout 10 s, silenceTimeout 30 s, tls ("
            + Tls.standard() + "), connectors 1");
  }

  private static final class Direct implements Connector {
    @Override
    public Endpoint proxy(Endpoint target) {
      return target;
    }

    @Override
    public void open(Wire wire, Endpoint target, Deadline deadline) {
      throw new AssertionError("a connector that leads directly is not asked to open");
    }
  }
}
