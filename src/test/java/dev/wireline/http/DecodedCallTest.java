package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an agent promises of a body holds for one that it unpacks too. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DecodedCallTest {
  private static final byte[] PACKED = Packed.gzip(new byte[200_000]);

  private static RawAnswer head() {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
        + PACKED.length
        + "\r\n\r\n");
  }

  @Test
  void isUnderTheCallTimeoutWhenItIsReadWholeWhateverTheLeastRate() throws Exception {
    HttpOptions options = HttpOptions.builder()
        .callTimeout(Duration.ofMillis(300))
        .leastRate(1, Duration.ofSeconds(2))
        .build();
    try (RawServer server = RawServer.answering(head().thenStall());
        HttpAgent agent = HttpAgent.builder().options(options).build()) {
      // The time may end before the head is there, or behind it.
      DeadlineExceededException e = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> agent.get(Agents.origin(server)).bytes());

      assertThat(e.setting()).contains("callTimeout");
    }
  }

  @Test
  void hasNoTotalThatIsKnownBeforehand(@TempDir Path folder) throws Exception {
    List<Long> totals = new ArrayList<>();
    Path file = folder.resolve("file");
    try (RawServer server = RawServer.answering(head().and(PACKED));
        HttpAgent agent = HttpAgent.create()) {
      agent.get(Agents.origin(server)).saveTo(file, (bytes, total) -> totals.add(total));

      assertThat(totals).containsOnly(-1L);
      assertThat(file).hasSize(200_000);
    }
  }
}
