package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wakeup where more threads wait than get a selector of their own. The selector that they share stays open. */
@Timeout(120)
class CrowdWakeupTest {
  private static final Duration LONG = Duration.ofHours(1);

  static List<ThreadKind> kinds() {
    return ThreadKind.available();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void endsAPollInACrowdAndNoOther(ThreadKind kind) throws Exception {
    int many = 300;
    List<LineClient> clients = new ArrayList<>();
    List<Caller<Optional<String>>> polling = new ArrayList<>();
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      try {
        for (int i = 0; i < many; i++) {
          LineClient client = new LineClient(server.endpoint());
          clients.add(client);
          client.connect();
          polling.add(Caller.start(kind, () -> client.pollLine(LONG)));
        }
        for (Caller<Optional<String>> caller : polling) {
          caller.awaitWaiting();
        }
        for (int i = many - 1; i >= 0; i -= 3) {
          clients.get(i).wakeup();
          assertThat(polling.get(i).result()).isEmpty();
          assertThat(clients.get(i).state()).isEqualTo(ConnectionState.OPEN);
        }
        polling.get(many - 2).awaitWaiting();
        for (LineClient client : clients) {
          client.wakeup();
        }
        for (Caller<Optional<String>> caller : polling) {
          assertThat(caller.result()).isEmpty();
        }
      } finally {
        clients.forEach(LineClient::close);
      }
    }
  }
}
