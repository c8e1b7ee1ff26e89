package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.Activity;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One thread a direction: a second one is told so, and nothing is interleaved. */
@Timeout(60)
class TurnTest {
  private static final String READING = "another thread is reading on this connection";
  private static final String WRITING = "another thread is writing on this connection";

  @ParameterizedTest
  @EnumSource
  void refusesASecondReaderAndLeavesTheFirstAlone(Carrier carrier) throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    try (PeerServer server = carrier.serve(client -> {
          client.write("12345");
          refused.await();
          client.write("67890");
          client.hold();
        });
        Wire wire = carrier.dial(server)) {
      WireInput input = wire.input();
      while (input.buffered() < 5) {
        input.fill(99, Deadline.NEVER, Activity.READING);
      }
      // The first reader has looked at five bytes and waits for the sixth.
      Caller<Boolean> first =
          Caller.start(() -> input.fill(99, Deadline.NEVER, Activity.READING)).awaitWaiting();
      Caller.Step[] seconds = {
        input::read,
        () -> input.read(new byte[3]),
        () -> input.read(new byte[20_000]),
        () -> input.read(3, Deadline.NEVER, Activity.READING),
        () -> input.readToEnd(30, Deadline.NEVER, Activity.READING),
        () -> input.fill(99, Deadline.NEVER, Activity.READING),
        () -> input.poll(99, Deadline.NEVER, Activity.READING),
        wire::isQuiet,
        wire::park
      };

      for (Caller.Step second : seconds) {
        assertThatIllegalStateException().isThrownBy(second::run).withMessageStartingWith(READING);
      }
      refused.countDown();

      assertThat(first.result()).isTrue();
      assertThat(input.readNBytes(10)).asString().isEqualTo("1234567890");
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesASecondWriterAndInterleavesNothing(Carrier carrier) throws Exception {
    BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    CountDownLatch refused = new CountDownLatch(1);
    byte[] ones = new byte[32 << 20];
    Arrays.fill(ones, (byte) 1);
    try (PeerServer server = carrier.serve(client -> {
          refused.await();
          heard.add(client.read(ones.length + 1));
        });
        Wire wire = carrier.dial(server)) {
      WireOutput output = wire.output();
      Caller<Boolean> first =
          Caller.run(ThreadKind.PLATFORM, () -> output.write(ones)).awaitWaiting();
      Caller.Step[] seconds = {
        () -> output.write(2), () -> output.write(new byte[9]), output::shutdown, wire::park
      };

      for (Caller.Step second : seconds) {
        assertThatIllegalStateException().isThrownBy(second::run).withMessageStartingWith(WRITING);
      }
      refused.countDown();
      first.result();
      output.write(3);

      byte[] all = heard.poll(20, TimeUnit.SECONDS);
      byte[] expected = Arrays.copyOf(ones, ones.length + 1);
      expected[ones.length] = 3;
      assertThat(Arrays.equals(all, expected)).isTrue();
    }
  }

  @Test
  void givesTheTurnBackAfterACallersMistake() throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
          client.write("ab");
          client.read(2);
          client.write("cd");
          client.hold();
        });
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      byte[] small = new byte[4];
      Caller.Step[] mistakes = {
        () -> wire.input().read(small, 3, 2),
        () -> wire.input().read(small, -1, 2),
        () -> wire.input().read(small, 3, 2, Deadline.NEVER, Activity.READING),
        () -> wire.input().read(-1, Deadline.NEVER, Activity.READING),
        () -> wire.input().readToEnd(-1, Deadline.NEVER, Activity.READING),
        () -> wire.output().write(small, 3, 2),
        () -> wire.output().write(small, 3, 2, Deadline.NEVER, Activity.WRITING),
        () -> wire.output().write(new byte[20_000], 19_999, 2, Deadline.NEVER, Activity.WRITING)
      };

      for (Caller.Step mistake : mistakes) {
        assertThatThrownBy(mistake::run).isInstanceOf(RuntimeException.class);
      }

      assertThat(wire.input().readNBytes(2)).asString().isEqualTo("ab");
      wire.output().write(small, 0, 2);
      assertThat(wire.input().readNBytes(2)).asString().isEqualTo("cd");
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void refusesToWriteAfterAHalfClose() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      wire.output().shutdown();
      wire.output().shutdown();

      assertThatIllegalStateException()
          .isThrownBy(() -> wire.output().write(1))
          .withMessage("the sending direction was shut down");

      assertThat(wire.isOpen()).isTrue();
    }
  }
}
