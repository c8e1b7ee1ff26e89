package dev.wireline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.Phase;
import dev.wireline.net.Deadline;
import dev.wireline.testing.Leftovers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Random calls of all clients, with errors, interrupts, closes and cuts at random places: every promise
 * holds after each of them.
 *
 * <p>A failure names the seed and the step: {@code -Dchaos.seed=7 -Dchaos.step=1234} makes that step
 * alone again, with the same choices, though not the same schedule. {@code -Dchaos.seconds} is how long it
 * goes on.
 */
class ChaosTest {
  private final long seed = Long.getLong("chaos.seed", System.nanoTime());
  private final Duration length = Duration.ofSeconds(Long.getLong("chaos.seconds", 3));
  private final long only = Long.getLong("chaos.step", -1);

  @Test
  void keepsEveryPromise() throws Exception {
    Deadline end = Deadline.after(length, Phase.CALL);
    try (Chaos chaos = new Chaos(seed)) {
      for (long step = 0; only < 0 && !end.isExpired(); step++) {
        chaos.step(step);
      }
      if (only >= 0) {
        chaos.step(only);
      }

      assertThat(only >= 0 || chaos.tally().of("complete") > 0)
          .as("seed %d: %s", seed, chaos.tally())
          .isTrue();
    }
    Leftovers.assertNoThreads();
  }
}
