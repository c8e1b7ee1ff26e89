package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ClientClosedException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A body that is unpacked by one thread while another one touches it. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DecodedBodyThreadsTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\nContent-Encoding: slow\r\n\r\n";

  /** A decoder that waits in its first read for a sign, and remembers whether it was closed then. */
  private static final class Slow implements ContentCoding {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean closedWithin;

    @Override
    public String name() {
      return "slow";
    }

    @Override
    public InputStream decode(InputStream encoded) {
      return new FilterInputStream(encoded) {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          entered.countDown();
          await(leave);
          closedWithin = closed;
          return super.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
          closed = true;
          super.close();
        }
      };
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aDecoderIsNotClosedUnderItsReader() throws Exception {
    Slow slow = new Slow();
    try (RawServer server = RawServer.answering(RawAnswer.of(HEAD + "x").thenStall());
        HttpAgent agent = HttpAgent.builder().contentCoding(slow).build()) {
      InputStream body = agent.get(Agents.origin(server)).body();
      Caller<Integer> reader = Caller.start(body::read);
      Slow.await(slow.entered);

      body.close();

      assertThat(agent.pool().leasedConnections()).isZero();
      slow.leave.countDown();
      assertThat(reader.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(slow.closedWithin).isFalse();
      assertThat(slow.closed).isTrue();
      assertThatThrownBy(body::read).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void aSecondReaderIsRefusedAndDisturbsNothing() throws Exception {
    Slow slow = new Slow();
    try (RawServer server =
            RawServer.answering(RawAnswer.of(HEAD).repeat("x", 200_000), Answers.ok("two"));
        HttpAgent agent = HttpAgent.builder().contentCoding(slow).build()) {
      InputStream body = agent.get(Agents.origin(server)).body();
      Caller<Integer> reader = Caller.start(() -> body.readAllBytes().length);
      Slow.await(slow.entered);

      assertThatThrownBy(body::read).isInstanceOf(IllegalStateException.class);

      slow.leave.countDown();
      assertThat(reader.result()).isEqualTo(200_000);
    }
  }
}
