package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.cookie.MemoryCookieJar;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Cookies of a web server, kept by an agent. */
interface CookieCases extends WebServed {
  /** The cookies that the server got, in the order in which they came. */
  private static String sent(HttpAgent agent, String url) throws IOException {
    HttpResponse response = agent.get(url);
    response.discard();
    return response.header("X-Cookie").orElse("");
  }

  @Test
  default void sendsCookiesToThePathsTheyAreFor() throws Exception {
    try (HttpAgent agent = server().agent().cookies(new MemoryCookieJar()).build()) {
      agent.get(server().url("/cookies/set")).discard();

      assertThat(sent(agent, server().url("/cookies/deep/page")))
          .isEqualTo("folder=2; all=1; safe=5");
      assertThat(sent(agent, server().url("/cookies"))).isEqualTo("folder=2; all=1; safe=5");
      assertThat(sent(agent, server().url("/cookiesandmore"))).isEqualTo("all=1; safe=5");
      assertThat(sent(agent, server().url("/other/page"))).isEqualTo("other=3; all=1; safe=5");
      assertThat(sent(agent, server().secureUrl("/"))).isEqualTo("all=1; safe=5");
    }
  }

  @Test
  default void sendsASecureCookieOverTlsAndOnLoopback() throws Exception {
    try (HttpAgent agent = server().agent().cookies(new MemoryCookieJar()).build()) {
      agent.get(server().secureUrl("/cookies/set")).discard();

      assertThat(sent(agent, server().secureUrl("/page.txt"))).isEqualTo("all=1; safe=5");
      assertThat(sent(agent, server().url("/page.txt"))).isEqualTo("all=1; safe=5");
    }
  }

  @Test
  default void takesTheCookieOfARedirectAlong() throws Exception {
    try (HttpAgent agent = server().agent().cookies(new MemoryCookieJar()).build()) {
      HttpResponse page = agent.get(server().url("/login"));

      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.header("X-Cookie")).contains("session=7");
    }
  }

  @Test
  default void keepsNoCookiesWithoutAJar() throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      agent.get(server().url("/cookies/set")).discard();

      assertThat(sent(agent, server().url("/cookies/page"))).isEmpty();
    }
  }
}
