package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.http.Attempt;
import dev.wireline.http.CallEvent;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.RetryRules;
import dev.wireline.http.Step;
import dev.wireline.http.cache.HttpCache;
import dev.wireline.http.cache.MemoryCacheStore;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.Caller;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxAgentTest extends WebAgentCases {
  @Override
  WebServer start() throws IOException {
    return Nginx.start();
  }

  @Test
  void comesAgainWhenTheServerSaysWhen() throws Exception {
    String url = server().url("/limited.txt");
    RetryRules patient = RetryRules.builder().maxRetries(3).build();
    RetryRules hasty =
        RetryRules.builder().maxRetries(3).maxWait(Duration.ofMillis(999)).build();
    try (HttpAgent agent = server().agent().retries(patient).build();
        HttpAgent impatient = server().agent().retries(hasty).build()) {
      agent.get(url).discard();
      HttpResponse refused = impatient.get(url);
      HttpResponse page = agent.get(url);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).contains("1");
      assertThat(refused.attempts()).hasSize(1);
      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.attempts()).extracting(Attempt::status).containsExactly(429, 200);
      assertThat(page.attempts())
          .extracting(Attempt::reason)
          .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.RETRY);
    }
  }

  @Test
  void failsNoGetWhereIdleConnectionsAreClosedAfterAMoment() throws Exception {
    String url = server().url("/brief.txt");
    PoolOptions few = PoolOptions.builder().maxPerEndpoint(5).build();
    try (HttpAgent agent = server().agent().pool(few).build()) {
      List<Caller<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        callers.add(Caller.start(() -> {
          int answered = 0;
          for (int call = 0; call < 50; call++) {
            answered += agent.get(url).text().equals("ok\n") ? 1 : 0;
          }
          return answered;
        }));
      }

      for (Caller<Integer> caller : callers) {
        assertThat(caller.result()).isEqualTo(50);
      }
    }
  }

  @Test
  void comesAgainBySelfChosenWaitsWhenTheServerIsBusy() throws Exception {
    RetryRules rules =
        RetryRules.builder().maxRetries(8).firstWait(Duration.ofMillis(5)).build();
    try (HttpAgent agent = server().agent().retries(rules).build()) {
      int attempts = 0;
      for (int i = 0; i < 4; i++) {
        HttpResponse page = agent.get(server().url("/busy.txt"));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        attempts += page.attempts().size();
      }

      assertThat(attempts).isGreaterThan(4);
    }
  }

  /** Gives up so many bytes of the first body. */
  private static Step cutting(int bytes) {
    AtomicBoolean first = new AtomicBoolean(true);
    return (request, chain) -> {
      HttpResponse response = chain.proceed(request);
      return first.getAndSet(false)
          ? response.withBodyThrough(in -> new CutStream(in, bytes))
          : response;
    };
  }

  private static final class CutStream extends FilterInputStream {
    private int left;

    CutStream(InputStream in, int left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("cut");
      }
      int count = super.read(into, offset, Math.min(left, length));
      left -= Math.max(0, count);
      return count;
    }
  }

  @Test
  void goesOnWithADownloadWhereItStopped(@TempDir Path folder) throws Exception {
    List<String> answers = new ArrayList<>();
    Path file = folder.resolve("large.bin");
    HttpRequest request = HttpRequest.get(server().url("/large.bin"));
    try (HttpAgent agent = server()
        .agent()
        .connectionStep(cutting(5_000_000))
        .listener(event -> {
          if (event.kind() == CallEvent.Kind.ANSWERED) {
            answers.add(event.detail());
          }
        })
        .build()) {
      assertThatThrownBy(() -> agent.download(request, file)).isInstanceOf(IOException.class);
      assertThat(folder).isDirectoryContaining(part -> part.toFile().length() == 5_000_000);
      agent.download(request, file);
      assertThat(file).hasBinaryContent(WebServer.large());

      assertThat(answers).containsExactly("200", "206");
    }
  }

  @Test
  void confirmsWhatIsInACache() throws Exception {
    HttpCache cache = HttpCache.of(new MemoryCacheStore());
    HttpRequest request =
        HttpRequest.get(server().url("/packed/numbers.txt")).header("Cache-Control", "no-cache");
    try (HttpAgent agent = server().agent().connectionStep(cache).build()) {
      HttpResponse first = agent.send(request);
      assertThat(first.text()).isEqualTo(WebServer.numbers());
      HttpResponse again = agent.send(request);

      assertThat(again.status()).isEqualTo(200);
      assertThat(again.text()).isEqualTo(WebServer.numbers());
      assertThat(again.attempts()).extracting(Attempt::status).containsExactly(304);
    }
  }

  @Test
  void unpacksWhatWasPackedBeforehand(@TempDir Path folder) throws Exception {
    String url = server().url("/prepacked/page.txt");
    Path file = folder.resolve("page.txt");
    try (HttpAgent agent = server().agent().build();
        HttpAgent plain = server().agent().decompression(false).build()) {
      assertThat(agent.get(url).text()).isEqualTo(WebServer.PAGE);
      HttpRequest packed = HttpRequest.get(url).header("Accept-Encoding", "gzip");
      assertThat(plain.send(packed).header("Content-Encoding")).contains("gzip");
      agent.download(HttpRequest.get(url), file);

      assertThat(file).hasContent(WebServer.PAGE);
    }
  }
}
