package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Tls;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many threads on one agent with few connections, against servers that behave at random.
 *
 * <p>What came complete is one's own, what did not come is a typed failure, no POST is carried out
 * twice, and nothing is left. A failure names its seed; {@code -Dsoak.seed} starts the servers and the
 * callers with it again, though not the scheduler. {@code -Dsoak.seconds} is how long it goes on.
 */
@ExtendWith(NothingLeft.class)
class AgentSoakTest {
  private static final int CALLERS = 64;
  private static final int MAX_CONNECTIONS = 14;
  private static final Duration HANG = Duration.ofSeconds(60);

  private final long seed = Long.getLong("soak.seed", System.nanoTime());
  private final Duration length = Duration.ofSeconds(Long.getLong("soak.seconds", 3));
  private final Random random = new Random(seed);
  private final SoakServer.Ledger ledger = new SoakServer.Ledger();

  @Test
  void answersAreOnesOwnAndNothingIsLeft() throws Exception {
    SoakServer one = new SoakServer(seed, ledger, true);
    SoakServer two = new SoakServer(seed + 1_000_000, ledger, false);
    SoakServer three = new SoakServer(seed + 2_000_000, ledger, false);
    try (PeerServer first = PeerServer.start(one);
        PeerServer second = PeerServer.start(two);
        PeerServer third = PeerServer.builder().tls().start(three)) {
      List<String> origins = List.of(origin(first), origin(second), origin(third));
      for (SoakServer server : List.of(one, two, three)) {
        server.redirectingTo(origins);
      }
      try (HttpAgent agent = agent(third, origins.get(0))) {
        SoakTally tally = new SoakTally();

        soak(agent, origins, tally);

        assertThat(ledger.faults()).as("seed %d, %s", seed, tally).isEmpty();
        assertThat(tally.faults()).as("seed %d, %s", seed, tally).isEmpty();
        assertThat(tally.complete()).as("seed %d, %s", seed, tally).isPositive();
        awaitNothingLeased(agent);
      }
    }
  }

  private static String origin(PeerServer server) {
    String scheme = server.endpoint().isTls() ? "https://" : "http://";
    return scheme + server.endpoint().authority();
  }

  private static HttpAgent agent(PeerServer tls, String guarded) {
    Dialer dialer = Dialer.builder()
        .silenceTimeout(Duration.ofMillis(150))
        .tls(Tls.builder().context(tls.clientContext()).build())
        .build();
    return HttpAgent.builder()
        .options(HttpOptions.builder()
            .dialer(dialer)
            .callTimeout(Duration.ofSeconds(3))
            .build())
        .pool(PoolOptions.builder()
            .maxPerEndpoint(8)
            .maxConnections(MAX_CONNECTIONS)
            .idleTimeout(Duration.ofMillis(200))
            .timeToLive(Duration.ofSeconds(1))
            .build())
        .redirects(RedirectRules.builder().allowHttpsToHttp(true).build())
        .retries(
            RetryRules.builder().maxRetries(1).firstWait(Duration.ofMillis(1)).build())
        .cookies(new MemoryCookieJar())
        .credentials(guarded, Credentials.basic("soak", "secret"))
        .build();
  }

  private void soak(HttpAgent agent, List<String> origins, SoakTally tally) throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    List<Caller<Boolean>> callers = new ArrayList<>();
    List<ThreadKind> kinds = ThreadKind.available();
    for (int i = 0; i < CALLERS; i++) {
      SoakCaller caller = new SoakCaller(agent, origins, tally, seed + i, enough);
      callers.add(Caller.run(kinds.get(i % kinds.size()), caller));
    }
    Deadline end = Deadline.after(length, Phase.CALL);
    for (int tick = 1; !end.isExpired(); tick++) {
      enough.await(10, TimeUnit.MILLISECONDS);
      if (tick % 4 == 0) {
        callers.get(random.nextInt(CALLERS)).interrupt();
      }
      if (tick % 20 == 0) {
        // Finds the responses that were forgotten.
        System.gc();
      }
      if (agent.pool().leasedConnections() > MAX_CONNECTIONS) {
        tally.fault("more connections than the pool may have");
      }
    }
    enough.countDown();
    for (Caller<Boolean> caller : callers) {
      assertThat(caller.result()).isTrue();
    }
  }

  /** The collector runs when it likes, and a use of the agent drops what it found. */
  private void awaitNothingLeased(HttpAgent agent) throws Exception {
    Deadline hang = Deadline.after(HANG, Phase.CALL);
    try (RawServer server = RawServer.answering(Answers.ok("well"))) {
      while (agent.pool().leasedConnections() > 0 && !hang.isExpired()) {
        System.gc();
        try {
          assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("well");
        } catch (DeadlineExceededException e) {
          // The collector took longer than the agent waits.
        }
      }
    }
    assertThat(agent.pool().leasedConnections()).as("seed %d", seed).isZero();
    assertThat(agent.pool().waitingThreads()).as("seed %d", seed).isZero();
  }
}
