package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.wireline.examples.Nut;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The example of Network UPS Tools with upsd and its driver without a device. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpsdTest {
  private static final Duration AT_MOST = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private RealServer driver;
  private RealServer server;

  @BeforeAll
  void startServer() throws IOException {
    driver = LineServers.dummyUps();
    server = LineServers.upsd(driver);
    awaitDriver();
  }

  /** The server asks its driver when it has begun to listen, and knows nothing before. */
  private void awaitDriver() throws IOException {
    long start = System.nanoTime();
    try (Nut nut = client()) {
      while (!nut.variables("bench").containsKey("battery.charge")) {
        if (System.nanoTime() - start > AT_MOST.toNanos()) {
          throw new IOException("upsd does not hear of its driver");
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  @AfterAll
  void stopServer() throws IOException {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      if (driver != null) {
        driver.close();
      }
    }
  }

  private Nut client() {
    return new Nut(server.endpoint(), LineOptions.standard());
  }

  @Test
  void listsWhatThereIs() throws IOException {
    try (Nut nut = client()) {
      assertThat(nut.list()).containsExactly(entry("bench", "The \"first\" bench"));
      assertThat(nut.variables("bench"))
          .containsEntry("battery.charge", "95")
          .containsEntry("ups.model", "Bench \"One\"");
      assertThat(nut.variable("bench", "ups.model")).isEqualTo("Bench \"One\"");
    }
  }

  @Test
  void goesOnAfterEachRefusal() throws IOException {
    try (Nut nut = client()) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.variables("spare"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("ERR UNKNOWN-UPS"));
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.variable("bench", "none.such"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("ERR VAR-NOT-SUPPORTED"));
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> nut.set("bench", "ups.id", "7"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("ERR USERNAME-REQUIRED"));

      assertThat(nut.variable("bench", "battery.charge")).isEqualTo("95");
    }
  }

  @Test
  void letsOneWhoHasThePasswordSet() throws IOException {
    try (Nut nut = client();
        Nut stranger = client()) {
      stranger.login(LineServers.USER, "guessed");
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> stranger.set("bench", "ups.mfr", "nobody"))
          .satisfies(e -> assertThat(e.reply()).isEqualTo("ERR ACCESS-DENIED"));

      nut.login(LineServers.USER, LineServers.PASSWORD);
      nut.set("bench", "ups.mfr", "two words");
    }
  }
}
