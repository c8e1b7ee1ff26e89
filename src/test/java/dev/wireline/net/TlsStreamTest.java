package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes through TLS: how they end, how many go at once, and what else travels between them. */
@Timeout(60)
class TlsStreamTest {
  private static final Dialer DIALER = Carrier.TLS_1_3.dialer().build();

  private final CountDownLatch done = new CountDownLatch(1);

  private static String read(Wire wire, int count) throws IOException {
    return new String(wire.input().read(count, Deadline.NEVER, Activity.READING), US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void endsCleanlyAtACloseNotify(String protocol) throws Exception {
    try (SslPeer server = SslPeer.start(protocol, (tls, below) -> {
          tls.getOutputStream().write("bye".getBytes(US_ASCII));
          tls.close();
          done.await();
        });
        Wire wire = DIALER.dial(server.endpoint())) {

      assertThat(read(wire, 3)).isEqualTo("bye");
      assertThat(wire.input().read()).isEqualTo(-1);
      assertThat(wire.input().read()).isEqualTo(-1);

      assertThat(wire.isOpen()).isTrue();
      assertThat(wire.tlsSession().orElseThrow().getProtocol()).isEqualTo(protocol);
      done.countDown();
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void doesNotTakeACutForACleanEnd(String protocol) throws Exception {
    try (SslPeer server = SslPeer.start(protocol, (tls, below) -> {
          tls.getOutputStream().write("by".getBytes(US_ASCII));
          below.shutdownOutput();
          done.await();
        });
        Wire wire = DIALER.dial(server.endpoint())) {

      assertThat(read(wire, 2)).isEqualTo("by");
      ConnectionClosedException thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> wire.input().read());

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown).hasMessageContaining("the connection ended without close_notify");
      assertThat(wire.isOpen()).isFalse();
      assertThat(catchThrowableOfType(
              ClientClosedException.class, () -> wire.input().read()))
          .hasCause(thrown);
      done.countDown();
    }
  }

  @Test
  void doesNotTakeACutWithinARecordForACleanEnd() throws Exception {
    try (SslPeer server = SslPeer.start("TLSv1.3", (tls, below) -> {
          tls.startHandshake();
          below.getOutputStream().write(new byte[] {23, 3, 3, 1, 0, 99, 99});
          below.shutdownOutput();
          done.await();
        });
        Wire wire = DIALER.dial(server.endpoint())) {

      ConnectionClosedException thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> wire.input().read());

      assertThat(thrown).hasMessageContaining("without close_notify");
      done.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void reportsARecordThatSomebodyForged(String protocol) throws Exception {
    try (SslPeer server = SslPeer.start(protocol, (tls, below) -> {
          tls.startHandshake();
          below.getOutputStream().write(new byte[] {23, 3, 3, 0, 64});
          below.getOutputStream().write(new byte[64]);
          done.await();
        });
        Wire wire = DIALER.dial(server.endpoint())) {

      TlsException thrown =
          catchThrowableOfType(TlsException.class, () -> wire.input().read());

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(wire.failure()).containsSame(thrown);
      done.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void reportsARecordThatIsTooLarge(String protocol) throws Exception {
    try (SslPeer server = SslPeer.start(protocol, (tls, below) -> {
          tls.startHandshake();
          below.getOutputStream().write(new byte[] {23, 3, 3, 127, -1});
          below.getOutputStream().write(new byte[32767]);
          done.await();
        });
        Wire wire = DIALER.dial(server.endpoint())) {

      TlsException thrown =
          catchThrowableOfType(TlsException.class, () -> wire.input().read());

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      done.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLS_1_2, 1", "TLS_1_3, 1", "TLS_1_2, 12", "TLS_1_3, 12"})
  void carriesMuchBothWaysAtOnce(Carrier carrier, int mebibytes) throws Exception {
    byte[] sent = new byte[mebibytes << 20];
    new Random(mebibytes).nextBytes(sent);
    try (EchoServer server = EchoServer.builder().tls(Carrier.CERTIFICATE).start();
        Wire wire = carrier.dialer().build().dial(server.endpoint())) {
      Caller<Boolean> writing =
          Caller.run(ThreadKind.PLATFORM, () -> wire.output().write(sent));

      byte[] read = wire.input().read(sent.length, Deadline.NEVER, Activity.READING);

      writing.result();
      assertThat(read).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void keepsReadingAfterAHalfClose(String protocol) throws Exception {
    try (SslPeer server = SslPeer.start(protocol, (tls, below) -> {
          byte[] all = tls.getInputStream().readAllBytes();
          if (protocol.equals("TLSv1.3")) {
            tls.getOutputStream().write(all);
          }
          tls.close();
        });
        Wire wire = DIALER.dial(server.endpoint())) {
      wire.output().write("question".getBytes(US_ASCII));

      wire.output().shutdown();

      // Before TLS 1.3 the answer to a close_notify is a close_notify and nothing else.
      String answer = protocol.equals("TLSv1.3") ? "question" : "";
      assertThat(new String(wire.input().readAllBytes(), US_ASCII)).isEqualTo(answer);
      assertThat(wire.isOpen()).isTrue();
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void readsWhatWasOnItsWayAtAHalfClose(String protocol) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (SslPeer server = SslPeer.start(protocol, (tls, below) -> {
          tls.startHandshake();
          closed.await();
          tls.getOutputStream().write("on its way".getBytes(US_ASCII));
          tls.getInputStream().readAllBytes();
          tls.close();
        });
        Wire wire = DIALER.dial(server.endpoint())) {
      wire.output().shutdown();
      closed.countDown();

      assertThat(new String(wire.input().readAllBytes(), US_ASCII)).isEqualTo("on its way");
      server.awaitEnd();
    }
  }

  @Test
  void goesOnWritingAfterThePeersHalfClose() throws Exception {
    try (SslPeer server = SslPeer.start("TLSv1.3", (tls, below) -> {
          tls.startHandshake();
          tls.shutdownOutput();
          assertThat(tls.getInputStream().readNBytes(5)).asString(US_ASCII).isEqualTo("hello");
        });
        Wire wire = DIALER.dial(server.endpoint())) {
      assertThat(wire.input().read()).isEqualTo(-1);

      wire.output().write("hello".getBytes(US_ASCII));

      server.awaitEnd();
    }
  }

  @Test
  void saysThatThePeerHasClosedTls12() throws Exception {
    try (SslPeer server = SslPeer.start("TLSv1.2", (tls, below) -> {
          tls.startHandshake();
          tls.close();
          done.await();
        });
        Wire wire = DIALER.dial(server.endpoint())) {
      assertThat(wire.input().read()).isEqualTo(-1);

      ConnectionClosedException thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> wire.output().write(new byte[5]));

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertThat(thrown).hasMessageContaining("the peer has closed TLS");
      done.countDown();
    }
  }

  @Test
  void followsAKeyUpdateInBothDirections() throws Exception {
    try (SslPeer server = SslPeer.start("TLSv1.3", (tls, below) -> {
          tls.startHandshake();
          for (int i = 0; i < 3; i++) {
            tls.getOutputStream().write("before".getBytes(US_ASCII));
            // After the handshake this is a KeyUpdate that asks for one in return.
            tls.startHandshake();
            tls.getOutputStream().write(" after".getBytes(US_ASCII));
            assertThat(tls.getInputStream().readNBytes(6)).asString(US_ASCII).isEqualTo("answer");
          }
        });
        Wire wire = DIALER.dial(server.endpoint())) {

      for (int i = 0; i < 3; i++) {
        assertThat(read(wire, 12)).isEqualTo("before after");
        wire.output().write("answer".getBytes(US_ASCII));
      }

      server.awaitEnd();
    }
  }

  @Test
  void followsAKeyUpdateWhileMuchIsWritten() throws Exception {
    byte[] sent = new byte[4 << 20];
    try (SslPeer server = SslPeer.start("TLSv1.3", (tls, below) -> {
      tls.startHandshake();
      for (int i = 0; i < 64; i++) {
        tls.startHandshake();
        tls.getOutputStream().write(i);
        assertThat(tls.getInputStream().readNBytes(sent.length / 64)).hasSize(65536);
      }
      tls.getInputStream().read();
    })) {
      Wire wire = DIALER.dial(server.endpoint());
      Caller<Boolean> writing =
          Caller.run(ThreadKind.PLATFORM, () -> wire.output().write(sent));

      for (int i = 0; i < 64; i++) {
        assertThat(wire.input().read()).isEqualTo(i);
      }

      writing.result();
      wire.close();
      server.awaitEnd();
    }
  }

  @Test
  void refusesARenegotiation() throws Exception {
    try (SslPeer server = SslPeer.start("TLSv1.2", (tls, below) -> {
          tls.startHandshake();
          tls.getOutputStream().write("hello".getBytes(US_ASCII));
          // After the handshake this is a HelloRequest.
          tls.startHandshake();
          assertThat(catchThrowableOfType(
                  IOException.class, () -> tls.getInputStream().read()))
              .isNotNull();
        });
        Wire wire = DIALER.dial(server.endpoint())) {
      assertThat(read(wire, 5)).isEqualTo("hello");

      TlsException thrown =
          catchThrowableOfType(TlsException.class, () -> wire.input().read());

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown).hasMessageContaining("the peer asked for a renegotiation");
      assertThat(wire.isOpen()).isFalse();
    }
  }
}
