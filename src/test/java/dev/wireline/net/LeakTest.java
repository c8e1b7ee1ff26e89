package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever ends a connection, nothing of it is left. */
@Timeout(180)
class LeakTest {
  /** Each way comes often: what it leaves once shows, whatever the number. */
  private static final int CONNECTIONS = 2_500;

  @Test
  void leavesNothingAfterThousandsOfConnections() throws Exception {
    long before = Leftovers.descriptors();
    Breaking.Way[] ways = Breaking.Way.values();
    Random random = new Random(20_261_121);
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    try (Peers peers = new Peers()) {
      Breaking breaking = new Breaking(peers, elsewhere);
      for (int i = 0; i < CONNECTIONS; i++) {
        Breaking.Way way = ways[random.nextInt(ways.length)];
        while (way.isCostly() && random.nextInt(10) > 0) {
          way = ways[random.nextInt(ways.length)];
        }
        runOne(breaking, way, i);
      }
    } finally {
      end(elsewhere);
    }

    assertThat(Leftovers.descriptors()).isEqualTo(before);
    assertThat(Leftovers.threadsOfTheLibrary()).isEmpty();
    assertThat(Thread.interrupted()).isFalse();
  }

  private static void runOne(Breaking breaking, Breaking.Way way, int number) throws Exception {
    try {
      breaking.run(way);
    } catch (IOException | AssertionError e) {
      throw new AssertionError("connection " + number + ", " + way, e);
    }
  }

  private static void end(ExecutorService elsewhere) throws InterruptedException {
    elsewhere.shutdown();
    assertThat(elsewhere.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }
}
