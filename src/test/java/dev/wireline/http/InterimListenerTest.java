package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Interim responses (RFC 9110, section 15.2), as a listener hears of them. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class InterimListenerTest {
  private static final String HINTS =
      "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nLink: </b.js>\r\n\r\n";

  private final List<String> heard = new ArrayList<>();

  private HttpOptions listening() {
    return HttpOptions.builder()
        .interimListener((status, headers) -> heard.add(status + " " + headers.all("Link")))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void hearsThemInTheirOrder(Delivery delivery) throws Exception {
    RawAnswer answer =
        RawAnswer.of("HTTP/1.1 100 Go\r\n\r\n" + HINTS + Answers.text("x")).delivered(delivery);
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint(), listening())) {
      HttpResponse response = client.get("/");

      assertThat(heard).containsExactly("100 []", "103 [</a.css>, </b.js>]");
      assertThat(response.headers().contains("Link")).isFalse();
      assertThat(response.text()).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, an interim one", "2, 2 interim ones"})
  void areInTheMessageOfAFailureBehindThem(int count, String told) throws Exception {
    RawAnswer cut = RawAnswer.of("").repeat(HINTS, count).thenClose();
    try (RawServer server = RawServer.answering(cut);
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThatThrownBy(() -> client.get("/"))
          .isInstanceOf(ConnectionClosedException.class)
          .hasMessageContaining("the peer hung up before the final response, after " + told + " [");
    }
  }

  @Test
  void hearsAHundredAndNoMore() throws Exception {
    RawAnswer most = RawAnswer.of("").repeat(HINTS, 100).and(Answers.text("x"));
    RawAnswer more = RawAnswer.of("").repeat(HINTS, 101).and(Answers.text("x"));
    try (RawServer server = RawServer.answering(most, more);
        HttpClient client = new HttpClient(server.endpoint(), listening())) {
      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(heard).hasSize(100);

      LimitExceededException e =
          catchThrowableOfType(LimitExceededException.class, () -> client.get("/"));

      assertThat(e.limit()).isEqualTo("maxInterimResponses");
      assertThat(heard).hasSize(200);
    }
  }

  @Test
  void talksToNobodyOnTheSameConnection() throws Exception {
    List<HttpClient> clients = new ArrayList<>();
    HttpOptions options = HttpOptions.builder()
        .interimListener((status, headers) -> {
          assertThatThrownBy(() -> clients.get(0).get("/"))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> clients.get(0).writeLine("x"))
              .isInstanceOf(IllegalStateException.class);
          heard.add("refused");
        })
        .build();
    try (RawServer server = RawServer.answering(RawAnswer.of(HINTS + Answers.text("x")));
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      clients.add(client);

      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(heard).containsExactly("refused");
    }
  }

  @Test
  void changesNothingWithWhatItThrows() throws Exception {
    HttpOptions options = HttpOptions.builder()
        .interimListener((status, headers) -> {
          throw new IllegalStateException("no hints");
        })
        .build();
    try (RawServer server = RawServer.answering(RawAnswer.of(HINTS + Answers.text("x")));
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void endsTheCallWithAnError() throws Exception {
    AssertionError failure = new AssertionError("no hints");
    HttpOptions options = HttpOptions.builder()
        .interimListener((status, headers) -> {
          throw failure;
        })
        .build();
    RawAnswer answer = RawAnswer.of(HINTS + Answers.text("x"));
    try (RawServer server = RawServer.answering(answer, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      assertThatThrownBy(() -> client.get("/")).isSameAs(failure);

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
