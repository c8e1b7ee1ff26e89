package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Link;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/guide/http/links.md. */
@Timeout(60)
class HttpGuideLinksTest {
  // docs: http-links
  /** The texts of all pages, from the first to the one without a next. */
  static List<String> pages(HttpAgent agent, String first) throws IOException {
    List<String> pages = new ArrayList<>();
    Optional<HttpUrl> next = Optional.of(HttpUrl.parse(first));
    while (next.isPresent()) {
      HttpResponse page = agent.send(HttpRequest.of("GET", next.get())).requireSuccess();
      pages.add(page.text());
      next = page.link("next").flatMap(Link::url);
    }
    return pages;
  }
  // end: http-links

  @Test
  void goesFromPageToPage() throws IOException {
    String next = "Link: </items?page=2>; rel=\"next\"; title=\"a, b\", </items>; rel=first\r\n";
    try (var server = RawServer.answering(
            Answers.status("200 OK", next, "one"), Answers.status("200 OK", "", "two"));
        var agent = HttpAgent.create()) {
      assertThat(pages(agent, Answers.origin(server) + "/items")).containsExactly("one", "two");
      assertThat(server.requests().get(1).head()).startsWith("GET /items?page=2 ");
    }
  }
}
