package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Tls;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/connections.md. */
@Timeout(60)
class HttpGuideConnectionsTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void boundsThePool() throws IOException {
    try (var server = RawServer.answering(Answers.large(), Answers.ok("next"))) {
      String url = Answers.origin(server);
      Duration moment = Duration.ofMillis(50);

      // docs: http-pool
      PoolOptions pool = PoolOptions.builder()
          .maxPerEndpoint(1)
          .maxConnections(64)
          .waitTimeout(moment)
          .idleTimeout(Duration.ofSeconds(20))
          .build();
      HttpAgent agent = HttpAgent.builder().pool(pool).build();
      // end: http-pool

      try (agent) {
        HttpResponse unread = agent.get(url);
        assertThatExceptionOfType(DeadlineExceededException.class)
            .isThrownBy(() -> agent.get(url))
            .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.POOL))
            .satisfies(e -> assertThat(e.setting()).hasValue("waitTimeout"));

        unread.discard();
        assertThat(agent.get(url).text()).isEqualTo("next");
      }
    }
  }

  @Test
  void givesAConnectionBackWithTheEndOfABody() throws IOException {
    try (var server = RawServer.answering(Answers.large(), Answers.ok("two"), Answers.ok("three"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-give-back
      HttpResponse large = agent.get(url);
      System.out.println(agent.get(url).text());
      System.out.println(large.bytes().length);
      System.out.println(agent.get(url).text());
      // end: http-give-back

      assertThat(printed.lines()).containsExactly("two", "200000", "three");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void trustsAnAuthorityOfOnesOwn() throws IOException {
    TestCertificate shown = TestCertificate.forHosts();
    X509Certificate authority = shown.authority();
    try (var server = RawServer.builder(Answers.ok("safe")).tls(shown).start()) {
      String url = Answers.origin(server);

      // docs: http-tls
      Tls tls = Tls.builder().trust(authority).build();
      Dialer dialer = Dialer.builder().tls(tls).build();
      HttpOptions options = HttpOptions.builder().dialer(dialer).build();
      try (HttpAgent agent = HttpAgent.builder().options(options).build()) {
        System.out.println(agent.get(url).text());
      }
      // end: http-tls

      assertThat(printed.lines()).containsExactly("safe");
    }
  }

  @Test
  void wakesACallByClosing() throws Exception {
    try (var server = PeerServer.start(PeerConnection::hold)) {
      HttpAgent agent = HttpAgent.create();
      String url = "http://" + server.endpoint().authority();
      FutureTask<HttpResponse> call = new FutureTask<>(() -> agent.get(url));
      new Thread(call, "calls").start();
      server.awaitConnections(1, Duration.ofSeconds(10));

      agent.close();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> call.get(10, TimeUnit.SECONDS))
          .withCauseInstanceOf(ClientClosedException.class);
    }
  }
}
