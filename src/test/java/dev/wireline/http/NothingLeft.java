package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After a test no thread of a server and no socket or selector is left. */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
  private long before;

  /** What the JDK opens once for each kind of thread, and keeps, is not counted. */
  private static void warmUp() throws Exception {
    for (ThreadKind kind : ThreadKind.available()) {
      try (RawServer server = RawServer.answering(Answers.ok(""));
          HttpClient client = new HttpClient(server.endpoint())) {
        Caller.start(kind, () -> client.get("/").status()).result();
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    warmUp();
    before = Leftovers.descriptors();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Leftovers.assertNoThreads();
    assertThat(Leftovers.descriptors()).as("sockets and selectors").isLessThanOrEqualTo(before);
  }
}
