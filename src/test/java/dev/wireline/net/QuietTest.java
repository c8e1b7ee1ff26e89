package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether an idle connection is as it was left. */
@Timeout(60)
class QuietTest {

  private static Wire greeted(Carrier carrier, PeerServer server) throws IOException {
    Wire wire = carrier.dial(server);
    assertThat(wire.input().readNBytes(5)).asString(US_ASCII).isEqualTo("hello");
    return wire;
  }

  /** Bytes or an end that the peer has sent are on their way: a moment later they are there. */
  private static void awaitNoise(Wire wire) {
    while (wire.isQuiet()) {
      Caller.pause();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isQuietWhenNothingCame(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> {
          client.write("hello");
          client.write(new byte[] {(byte) client.read()});
          client.hold();
        });
        Wire wire = greeted(carrier, server)) {

      assertThat(wire.isQuiet()).isTrue();
      wire.park();
      assertThat(wire.isQuiet()).isTrue();

      wire.output().write('x');
      assertThat(wire.input().read()).isEqualTo('x');
      assertThat(wire.isQuiet()).isTrue();
    }
  }

  @Test
  void doesNotTakeSessionTicketsForInput() throws Exception {
    CountDownLatch ticketsSent = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (SslPeer server = SslPeer.start("TLSv1.3", (tls, below) -> {
          // The tickets leave with the end of the handshake.
          tls.startHandshake();
          ticketsSent.countDown();
          done.await();
        });
        Wire wire = Carrier.TLS_1_3.dialer().build().dial(server.endpoint())) {
      ticketsSent.await();

      assertThat(wire.isQuiet()).isTrue();
      assertThat(wire.isQuiet()).isTrue();

      done.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotQuietWhenThePeerSpokeAndKeepsWhatItSaid(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> {
          client.write("hello");
          client.read();
          client.write("noise");
          client.hold();
        });
        Wire wire = greeted(carrier, server)) {
      wire.output().write('x');

      awaitNoise(wire);

      assertThat(wire.isQuiet()).isFalse();
      assertThat(wire.isOpen()).isTrue();
      assertThat(wire.input().readNBytes(5)).asString(US_ASCII).isEqualTo("noise");
      assertThat(wire.isQuiet()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotQuietWhenThePeerHungUp(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> client.write("hello"));
        Wire wire = greeted(carrier, server)) {

      awaitNoise(wire);

      assertThat(wire.isQuiet()).isFalse();
      assertThat(wire.input().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNIX")
  void isNotQuietWhenThePeerReset(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> {
          client.write("hello");
          client.read();
          client.reset();
        });
        Wire wire = greeted(carrier, server)) {
      wire.output().write('x');

      awaitNoise(wire);

      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).isPresent();
    }
  }

  @Test
  void doesNotTakeAnInterruptForNoise() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      Thread.currentThread().interrupt();

      boolean quiet = wire.isQuiet();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(quiet).isTrue();
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void isNotQuietUnlessOpen() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Wire wire = Dialer.standard().wire(server.endpoint());

      assertThat(wire.isQuiet()).isFalse();
      wire.connect();
      assertThat(wire.isQuiet()).isTrue();
      wire.close();
      assertThat(wire.isQuiet()).isFalse();
    }
  }
}
