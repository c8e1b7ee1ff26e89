package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.NoDataPeer.Work;
import dev.wireline.testing.Caller;
import dev.wireline.testing.OnlyPeers;
import java.io.IOException;
import java.net.DatagramPacket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every loop of this package that reads until something comes, with a peer that keeps it at work and
 * says nothing: none outruns a deadline, an interrupt or a bound.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NoDataLoopsTest {
  private static final Activity ACTIVITY = new Activity(Phase.READ, "waiting for");
  private static final Duration SOON = Duration.ofMillis(300);

  /** The calls that wait for data, or look for it. */
  enum Loop {
    READ {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        wire.input().read(new byte[9], 0, 9, end, ACTIVITY);
      }
    },
    READ_INTO_A_LARGE_ARRAY {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        wire.input().read(new byte[1 << 16], 0, 1 << 16, end, ACTIVITY);
      }
    },
    READ_EXACTLY {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        wire.input().read(5, end, ACTIVITY);
      }
    },
    READ_TO_THE_END {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        wire.input().readToEnd(5, end, ACTIVITY);
      }
    },
    FILL {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        wire.input().fill(100, end, ACTIVITY);
      }
    },
    POLL {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        if (wire.input().poll(100, end, ACTIVITY) == 0) {
          throw end.exceeded(wire.endpoint(), ACTIVITY, "nothing after", "");
        }
      }
    },
    WATCHED_WRITE {
      @Override
      void run(Wire wire, Deadline end) throws IOException {
        byte[] large = new byte[48 << 20];
        wire.output().write(large, 0, large.length, end, ACTIVITY, new Listening(wire));
      }
    };

    abstract void run(Wire wire, Deadline end) throws IOException;
  }

  /** Takes what comes, and waits for more than that. */
  private record Listening(Wire wire) implements WireOutput.Watch {
    @Override
    public boolean goesOn(int sent) throws WirelineException {
      return wire.input().pollNow(ACTIVITY) == 0;
    }

    @Override
    public void refused(WirelineException failure) {
      throw new AssertionError("the peer has not refused", failure);
    }
  }

  static Stream<Work> inTheHandshake() {
    return Stream.of(Work.values()).filter(Work::isInTheHandshake);
  }

  private static Wire dial(NoDataPeer peer) throws Exception {
    Wire wire = Carrier.TLS_1_3.dialer().build().dial(peer.endpoint());
    peer.awaitWork();
    return wire;
  }

  @ParameterizedTest
  @EnumSource
  void aFloodIsOverItsBound(Loop loop) throws Exception {
    try (NoDataPeer peer = NoDataPeer.flooding(Work.KEY_UPDATES);
        Wire wire = dial(peer)) {

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> loop.run(wire, Deadline.NEVER));

      assertThat(thrown.limit()).isEqualTo("TLS records without data");
      assertThat(thrown.max()).isEqualTo(TlsTransport.MAX_RECORDS_WITHOUT_DATA);
      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  /** With peers that no engine would play. */
  @ParameterizedTest
  @EnumSource
  void noFloodOfRecordsWithoutDataKeepsItAtWork(Loop loop) throws Exception {
    OnlyPeers.of(
            "endless session tickets",
            "endless key updates",
            "endless warning alerts",
            "endless empty TLS records")
        .tls(Carrier.CERTIFICATE)
        .run(server -> {
          try (Wire wire = Carrier.TLS_1_3.dialer().build().dial(server)) {
            WirelineException thrown =
                catchThrowableOfType(WirelineException.class, () -> loop.run(wire, Deadline.NEVER));

            // The JDK's engine refuses the first record of TLS 1.3 that is empty.
            assertThat(thrown).isInstanceOfAny(LimitExceededException.class, TlsException.class);
            assertThat(thrown)
                .message()
                .containsAnyOf("more than 100 TLS records without data", "no content type");
            throw thrown;
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aDripDoesNotOutrunTheDeadline(Loop loop) throws Exception {
    try (NoDataPeer peer = NoDataPeer.dripping(Work.KEY_UPDATES);
        Wire wire = dial(peer)) {
      Deadline end = Deadline.after(SOON, Phase.CALL);

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> loop.run(wire, end));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsItDuringADrip(Loop loop) throws Exception {
    try (NoDataPeer peer = NoDataPeer.dripping(Work.KEY_UPDATES);
        Wire wire = dial(peer)) {
      Caller<Boolean> call = Caller.start(() -> {
        loop.run(wire, Deadline.after(Duration.ofSeconds(20), Phase.CALL));
        return true;
      });
      call.awaitWaiting();

      call.interrupt();

      call.failure(CallInterruptedException.class);
      assertThat(call.endedInterrupted()).isTrue();
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void lookingDoesNotWait() throws Exception {
    try (NoDataPeer peer = NoDataPeer.flooding(Work.KEY_UPDATES);
        Wire wire = dial(peer)) {

      while (wire.isQuiet()) {
        Caller.pause();
      }

      assertThat(wire.failure()).get().isInstanceOf(LimitExceededException.class);
    }
  }

  @Test
  void recordsWithoutDataAreNoNoise() throws Exception {
    try (NoDataPeer peer = NoDataPeer.dripping(Work.KEY_UPDATES);
        Wire wire = dial(peer)) {

      assertThat(wire.isQuiet()).isTrue();
      assertThat(wire.input().pollNow(ACTIVITY)).isZero();
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("inTheHandshake")
  void aFloodInTheHandshakeEndsTheDial(Work work) throws Exception {
    try (NoDataPeer peer = NoDataPeer.flooding(work)) {
      Wire wire = Carrier.TLS_1_3.dialer().build().wire(peer.endpoint());

      WirelineException thrown =
          catchThrowableOfType(WirelineException.class, () -> wire.connect());

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown).isNotInstanceOf(DeadlineExceededException.class);
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALERTS")
  void aDripInTheHandshakeDoesNotOutrunTheDeadline(Work work) throws Exception {
    try (NoDataPeer peer = NoDataPeer.dripping(work)) {
      Wire wire = Carrier.TLS_1_3.dialer().tlsTimeout(SOON).build().wire(peer.endpoint());

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> wire.connect());

      assertThat(thrown.setting()).contains("tlsTimeout");
    }
  }

  @Test
  void aFloodOfAProxyEndsTheDial() throws Exception {
    try (NoDataPeer peer = NoDataPeer.flooding(Work.KEY_UPDATES)) {
      Wire wire = Carrier.TLS_1_3
          .dialer()
          .connector(SocksProxy.of(peer.endpoint()))
          .build()
          .wire(Endpoint.tcp("server.test", 1));

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.PROXY);
    }
  }

  /** The caller's look at each datagram takes time, and more of them are there already. */
  @Test
  void strangersDoNotOutrunAnInterrupt() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch sent = new CountDownLatch(1);
    try (Datagrams server = Datagrams.on("127.0.0.1")) {
      DatagramClient client = new DatagramClient(server.endpoint());
      Caller<byte[]> call = Caller.start(() -> client.ask(Datagrams.bytes("question"), datagram -> {
        awaitUninterrupted(sent);
        looks.incrementAndGet();
        Thread.currentThread().interrupt();
        return false;
      }));
      DatagramPacket question = server.receive();
      for (int i = 0; i < 3; i++) {
        server.answer(question, "stranger");
      }
      sent.countDown();

      call.failure(CallInterruptedException.class);

      assertThat(looks).hasValue(1);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
