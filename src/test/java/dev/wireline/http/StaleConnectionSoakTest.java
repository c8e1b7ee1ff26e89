package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.PoolOptions;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many threads on few connections to a server that hangs up after an answer without saying so. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class StaleConnectionSoakTest {
  private static final int CALLERS = 32;
  private static final int CALLS = Integer.getInteger("soak.calls", 40);

  @Test
  void failsNoGetWhateverTheServerCloses() throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (PeerServer server = PeerServer.start(connection -> serve(connection, served));
        HttpAgent agent = HttpAgent.builder()
            .pool(PoolOptions.builder().maxPerEndpoint(5).build())
            .build()) {
      String url = "http://" + server.endpoint().authority() + "/";
      List<Caller<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Caller.start(() -> call(agent, url)));
      }

      for (Caller<Integer> caller : callers) {
        assertThat(caller.result()).isEqualTo(CALLS);
      }
      assertThat(served).hasValue(CALLERS * CALLS);
    }
  }

  private static int call(HttpAgent agent, String url) throws Exception {
    int answered = 0;
    for (int i = 0; i < CALLS; i++) {
      answered += agent.get(url).text().equals("ok") ? 1 : 0;
    }
    return answered;
  }

  /** One to three answers, and the end. */
  private static void serve(PeerConnection connection, AtomicInteger served) throws Exception {
    int answers = 1 + connection.number() % 3;
    while (answers-- > 0 && connection.readHead() != null) {
      served.incrementAndGet();
      connection.write(Answers.text("ok"));
    }
  }
}
