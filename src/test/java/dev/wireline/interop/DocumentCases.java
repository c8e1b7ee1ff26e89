package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.http.Attempt;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.ServerSentEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of a web server, packed on the way or not. */
interface DocumentCases extends WebServed {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void unpacksWhatWasPackedOnTheFly(boolean secure) throws Exception {
    String path = "/packed/numbers.txt";
    String url = secure ? server().secureUrl(path) : server().url(path);
    try (HttpAgent agent = server().agent().build();
        HttpAgent plain = server().agent().decompression(false).build()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse unpacked = agent.get(url);
        HttpResponse unpackable = plain.get(url);

        assertThat(unpacked.header("Vary")).contains("Accept-Encoding");
        assertThat(unpacked.header("Content-Encoding")).isEmpty();
        assertThat(unpacked.text()).isEqualTo(WebServer.numbers());
        assertThat(unpackable.header("Content-Length"))
            .contains("" + WebServer.numbers().length());
        assertThat(unpackable.text()).isEqualTo(WebServer.numbers());
        // Read to the end of both, the packing and the chunks: the connection goes on.
        assertThat(unpacked.attempts()).extracting(Attempt::isReused).containsExactly(i > 0);
      }
    }
  }

  @Test
  default void savesWhatWasPackedAsItIsUnpacked(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("numbers.txt");
    try (HttpAgent agent = server().agent().build()) {
      agent.get(server().url("/packed/numbers.txt")).saveTo(file);

      assertThat(Files.readString(file)).isEqualTo(WebServer.numbers());
      try (Stream<String> lines = agent.get(server().url("/packed/numbers.txt")).lines()) {
        assertThat(lines).hasSize(100_000);
      }
    }
  }

  @Test
  default void boundsWhatIsUnpacked() throws Exception {
    try (HttpAgent agent = server().agent().maxDecodedBytes(100_000).build()) {
      HttpResponse unpacked = agent.get(server().url("/packed/numbers.txt"));

      assertThatThrownBy(unpacked::bytes).isInstanceOf(LimitExceededException.class);
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  default void asksForTheHeadOfWhatIsPacked() throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse head = agent.head(server().url("/packed/numbers.txt"));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.attempts()).extracting(Attempt::isReused).containsExactly(i > 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void leavesAPartOfAPackedDocumentAsItIs(boolean offered) throws Exception {
    HttpRequest request =
        HttpRequest.get(server().url("/packed/numbers.txt")).header("Range", "bytes=5-24");
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse part = agent.send(offered ? request.header("Accept-Encoding", "gzip") : request);

      boolean packed = part.header("Content-Encoding").isPresent();
      assertThat(packed).isEqualTo(offered && part.status() == 200);
      if (!packed) {
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo(WebServer.numbers().substring(5, 25));
      }
      part.discard();
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page.txt", "/packed/numbers.txt"})
  default void hearsThatADocumentHasNotChanged(String path) throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse page = agent.get(server().url(path));
      String tag = page.header("ETag").orElseThrow();
      page.bytes();

      HttpResponse again =
          agent.send(HttpRequest.get(server().url(path)).header("If-None-Match", tag));

      assertThat(again.status()).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
      assertThat(again.attempts()).extracting(Attempt::isReused).containsExactly(true);
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  default void readsEventsThatComePacked() throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse response = agent.get(server().url("/packed/news.events"));

      List<ServerSentEvent> events;
      try (Stream<ServerSentEvent> stream = response.events()) {
        events = stream.toList();
      }
      assertThat(events).hasSize(WebServer.EVENTS).allSatisfy(event -> {
        assertThat(event.type()).isEqualTo("news");
        assertThat(event.data()).isEqualTo("item " + event.lastEventId() + "\n\u00e9");
        assertThat(event.retry()).contains(Duration.ofMillis(1500));
      });
      assertThat(agent.get(server().url("/page.txt")).attempts())
          .extracting(Attempt::isReused)
          .containsExactly(true);
    }
  }

  @Test
  default void leavesAStreamOfEventsBeforeItsEnd() throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse response = agent.get(server().url("/packed/news.events"));

      try (Stream<ServerSentEvent> stream = response.events()) {
        assertThat(stream.limit(2).map(ServerSentEvent::lastEventId)).containsExactly("0", "1");
      }
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  default void endsABodyWithItsAgent() throws Exception {
    HttpAgent agent = server().agent().build();
    HttpResponse large = agent.get(server().url("/large.bin"));

    agent.close();

    assertThatThrownBy(() -> large.body().readAllBytes()).isInstanceOf(ClientClosedException.class);
  }
}
