package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The links of a response, resolved where it was found. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResponseLinksTest {
  private static final String FIELDS = """
      Link: <?page=3>; rel="next last"; title="a, b", </>; rel=index\r
      Link: <mailto:a@b.test>; rel=author, <http://u:p@c.test/>, <http://[>; rel=x\r
      """;

  @Test
  void areResolvedAgainstTheUrlAfterRedirects() throws Exception {
    try (RawServer server =
            RawServer.answering(Agents.redirect(302, "/items/all?page=2"), Answers.ok("", FIELDS));
        HttpAgent agent = HttpAgent.create()) {
      String origin = Agents.origin(server);

      HttpResponse response = agent.get(origin + "/start");

      assertThat(response.links())
          .extracting(link -> link.url().map(HttpUrl::toString).orElse("none"))
          .containsExactly(
              origin + "/items/all?page=3", origin + "/", "none", "http://c.test/", "none");
      assertThat(response.links()).extracting(Link::target).contains("mailto:a@b.test", "http://[");
      Link next = response.link("NEXT").orElseThrow();
      assertThat(next.relations()).containsExactly("next", "last");
      assertThat(next.parameters()).containsEntry("title", "a, b");
      assertThat(response.link("prev")).isEmpty();
    }
  }

  @Test
  void areResolvedAgainstTheOriginOfAClient() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("", FIELDS));
        HttpClient client = new HttpClient(server.endpoint())) {
      Optional<Link> next = client.get("/items?page=2").link("next");

      assertThat(next.flatMap(Link::url).map(HttpUrl::toString))
          .contains(Agents.origin(server) + "/items?page=3");
    }
  }

  @Test
  void areNoneWithoutAField() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").links()).isEqualTo(List.of());
    }
  }
}
