package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.http.cookie.PublicSuffixes;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/cookies.md. */
@Timeout(60)
class HttpGuideCookiesTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void keepsCookiesInMemory() throws IOException {
    try (var server = RawServer.answering(
        Answers.status("200 OK", "Set-Cookie: id=7; Path=/\r\n", ""), Answers.ok("hello again"))) {
      String url = Answers.origin(server);

      // docs: http-jar
      CookieJar jar = new MemoryCookieJar();
      try (HttpAgent agent = HttpAgent.builder().cookies(jar).build()) {
        agent.get(url + "/login").discard();
        System.out.println(agent.get(url + "/home").text());
      }
      // end: http-jar

      assertThat(printed.lines()).containsExactly("hello again");
      assertThat(Answers.fields(server, "Cookie")).containsExactly("", "id=7");
    }
  }

  @Test
  void putsInACookieOfOnesOwn() throws IOException {
    try (var server = RawServer.answering(Answers.ok(""))) {
      MemoryCookieJar jar = new MemoryCookieJar();
      String host = server.endpoint().host();

      // docs: http-own-cookie
      Cookie consent = Cookie.builder("consent", "none").host(host).path("/").build();
      jar.put(consent, Instant.now());
      // end: http-own-cookie

      try (var agent = HttpAgent.builder().cookies(jar).build()) {
        agent.get(Answers.origin(server)).discard();
      }
      assertThat(Answers.fields(server, "Cookie")).containsExactly("consent=none");
    }
  }

  @Test
  void keepsCookiesInAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cookies");
    try (var server = RawServer.answering(
        Answers.status(
            "200 OK", "Set-Cookie: id=7; Path=/; Max-Age=3600\r\nSet-Cookie: tab=1\r\n", ""),
        Answers.ok(""))) {
      String url = Answers.origin(server);

      // docs: http-file-jar
      FileCookieJar jar = FileCookieJar.load(file);
      try (HttpAgent agent = HttpAgent.builder().cookies(jar).build()) {
        agent.get(url).discard();
      }
      jar.save();
      // end: http-file-jar

      try (var later = HttpAgent.builder().cookies(FileCookieJar.load(file)).build()) {
        later.get(url).discard();
      }
      assertThat(Answers.fields(server, "Cookie")).containsExactly("", "id=7");
      assertThat(Files.readAllLines(file)).hasSize(1);
    }
  }

  @Test
  void bringsBackWhateverAServerSets(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cookies");
    HttpUrl url = HttpUrl.parse("https://shop.example.org/a/b");
    List<String> odd = List.of(
        "a\tb=c\td=e; Max-Age=60",
        "alone; Max-Age=60",
        "x=; Max-Age=60; Domain=example.org; Secure");
    FileCookieJar jar = FileCookieJar.load(file);
    jar.store(url, odd, Instant.now());

    jar.save();

    assertThat(FileCookieJar.load(file).cookiesFor(url, Instant.now()))
        .hasSize(3)
        .isEqualTo(jar.cookiesFor(url, Instant.now()));
  }

  @Test
  void setsNoCookieForAPublicSuffix() {
    // docs: http-suffixes
    Set<String> list = Set.of("co.uk", "github.io");
    PublicSuffixes suffixes = list::contains;
    CookieJar jar = new MemoryCookieJar(suffixes);
    // end: http-suffixes

    HttpUrl shop = HttpUrl.parse("https://shop.co.uk/");
    jar.store(shop, List.of("evil=1; Domain=co.uk", "good=1; Domain=shop.co.uk"), Instant.EPOCH);

    assertThat(jar.cookiesFor(HttpUrl.parse("https://other.co.uk/"), Instant.EPOCH))
        .isEmpty();
    assertThat(jar.cookiesFor(HttpUrl.parse("https://a.shop.co.uk/"), Instant.EPOCH))
        .extracting(Cookie::name)
        .containsExactly("good");
  }
}
