package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.cache.CacheStore;
import dev.wireline.http.cache.FolderCacheStore;
import dev.wireline.http.cache.HttpCache;
import dev.wireline.http.cache.MemoryCacheStore;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/caching.md. */
@Timeout(60)
class HttpGuideCachingTest {
  private static RawAnswer fresh() {
    return Answers.status("200 OK", "Cache-Control: max-age=60\r\n", "one");
  }

  @Test
  void asksOnce() throws IOException {
    // docs: http-cache
    HttpCache cache = HttpCache.of(new MemoryCacheStore());
    HttpAgent agent = HttpAgent.builder().connectionStep(cache).build();
    // end: http-cache

    try (agent;
        var server = RawServer.answering(fresh(), Answers.ok("two"))) {
      String url = Answers.origin(server) + "/";
      assertThat(agent.get(url).text()).isEqualTo("one");
      assertThat(agent.get(url).text()).isEqualTo("one");

      HttpResponse again = askAgain(agent, url);
      assertThat(again.text()).isEqualTo("two");
    }
  }

  // docs: http-cache-again
  /** Asks the server, whatever is stored. */
  static HttpResponse askAgain(HttpAgent agent, String url) throws IOException {
    return agent.send(HttpRequest.get(url).header("Cache-Control", "no-cache"));
  }
  // end: http-cache-again

  // docs: http-cache-folder
  /** An agent whose cache is found again by the next process. */
  static HttpAgent remembering(Path folder) {
    CacheStore store = new FolderCacheStore(folder, 5_000, 100 << 20);
    HttpCache cache = HttpCache.builder(store).maxEntryBytes(1 << 20).build();
    return HttpAgent.builder().connectionStep(cache).build();
  }
  // end: http-cache-folder

  @Test
  void remembersInAFolder(@TempDir Path folder) throws IOException {
    try (var server = RawServer.answering(fresh(), Answers.ok("two"))) {
      for (int process = 0; process < 2; process++) {
        try (HttpAgent agent = remembering(folder)) {
          assertThat(agent.get(Answers.origin(server)).text()).isEqualTo("one");
        }
      }
    }
  }
}
