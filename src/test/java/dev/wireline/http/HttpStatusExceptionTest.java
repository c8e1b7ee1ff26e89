package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class HttpStatusExceptionTest {
  @Test
  void letsASuccessThrough() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("fine"));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(server)).requireSuccess().text()).isEqualTo("fine");
    }
  }

  @Test
  void keepsALargeBodyReadableAndNamesTheRequestAlone() throws Exception {
    String large = "x".repeat(500_000);
    try (RawServer server = RawServer.answering(
            RawAnswer.of("HTTP/1.1 500 X\r\nContent-Length: 500000\r\n\r\n").and(large),
            Answers.ok("next"));
        HttpAgent agent = HttpAgent.create()) {
      HttpStatusException e = catchThrowableOfType(
          HttpStatusException.class,
          () -> agent.get(Agents.origin(server) + "/a?b").requireSuccess());

      assertThat(e)
          .hasMessageContaining(
              ": GET " + Agents.origin(server) + "/a?*** was answered with \"500");
      assertThat(e.response().text()).isEqualTo(large);
      assertThat(agent.leasedConnections()).isZero();
      agent.get(Agents.origin(server)).discard();
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void carriesTheResponseWhoseStatusIsNone() throws Exception {
    try (RawServer server = RawServer.answering(
            RawAnswer.of("HTTP/1.1 404 Not \"Found\"\r\nContent-Length: 4\r\n\r\n")
                .and("gone"),
            Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/secret?token");

      HttpStatusException e =
          catchThrowableOfType(HttpStatusException.class, response::requireSuccess);

      assertThat(e)
          .hasMessage("asking " + server.endpoint()
              + ": GET /secret?*** was answered with \"404 Not \\\"Found\\\"\" [HEAD, connection still"
              + " usable]");
      assertThat(e.reply()).isEqualTo("404 Not \"Found\"");
      assertThat(e.status()).isEqualTo(404);
      assertThat(e.response().text()).isEqualTo("gone");
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isOne();
    }
  }
}
