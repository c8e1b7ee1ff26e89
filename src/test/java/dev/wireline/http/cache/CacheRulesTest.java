package dev.wireline.http.cache;

import static dev.wireline.http.cache.CacheRig.answer;
import static dev.wireline.http.cache.CacheRig.date;
import static dev.wireline.http.cache.CacheRig.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.RawAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 9111, with a server that counts how often it was asked. */
@Timeout(60)
class CacheRulesTest {
  private static final String TAG = "ETag: \"1\"";
  private static final String STALE = "Cache-Control: max-age=0|" + TAG;

  /** Fields of a response, after how many seconds, and whether the server is asked again. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "Cache-Control: max-age=60; 59; no",
        "Cache-Control: max-age=60; 60; yes",
        "Cache-Control: private, max-age=60; 59; no",
        "Cache-Control: public; 1; yes",
        "Cache-Control: MAX-AGE=\"60\"; 59; no",
        "Cache-Control: max-age=60, max-age=10; 11; yes",
        "Cache-Control: max-age=10, max-age=60; 11; yes",
        "Cache-Control: max-age=60|Cache-Control: max-age=10; 11; yes",
        "Cache-Control: max-age=99999999999999999999; 1000000; no",
        "Cache-Control: max-age=-1; 0; yes",
        "Cache-Control: max-age=6x; 0; yes",
        "Cache-Control: max-age; 0; yes",
        "Cache-Control: max-age=60.5; 0; yes",
        "Cache-Control: a=\"max-age=60\"; 0; yes",
        "Cache-Control: s-maxage=60; 1; yes",
        "Cache-Control: s-maxage=1, max-age=60; 59; no",
        "Cache-Control: max-age=60|Age: 50; 9; no",
        "Cache-Control: max-age=60|Age: 50; 10; yes",
        "Cache-Control: max-age=60|Age: x; 59; no",
        "Cache-Control: max-age=60|Age: 70; 0; yes",
        "Cache-Control: max-age=60|Expires: Thu, 01 Jan 2026 00:00:01 GMT; 59; no",
        "Expires: Thu, 01 Jan 2026 00:01:00 GMT; 59; no",
        "Expires: Thu, 01 Jan 2026 00:01:00 GMT; 60; yes",
        "Expires: 0|Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT; 0; yes",
        "Expires: Wed, 31 Dec 2025 00:00:00 GMT; 0; yes",
        "Last-Modified: Wed, 31 Dec 2025 23:50:00 GMT; 59; no",
        "Last-Modified: Wed, 31 Dec 2025 23:50:00 GMT; 60; yes",
        "Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT; 86399; no",
        "Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT; 86400; yes",
        "Last-Modified: Fri, 02 Jan 2026 00:00:00 GMT; 0; yes",
        "ETag: \"1\"; 0; yes",
        "X: y; 0; yes",
        "Cache-Control: no-store, max-age=60; 1; yes",
        "Cache-Control: no-cache, max-age=60; 1; yes",
        "Cache-Control: no-cache=\"X\", max-age=60; 1; yes",
        "Cache-Control: private=\"X\", max-age=60; 1; no",
        "Cache-Control: must-understand, no-store, max-age=60; 1; no",
        "Cache-Control: must-revalidate, max-age=60; 59; no",
        "Cache-Control: max-age=60|Vary: *; 1; yes",
        "Cache-Control: max-age=60|Vary: Accept, *; 1; yes",
        "Cache-Control: max-age=60|Pragma: no-cache; 1; no",
      })
  void decideHowLongAResponseIsUsed(String fields, long seconds, String again) throws Exception {
    try (CacheRig rig = new CacheRig(ok(fields, "one"), ok("", "two"))) {
      assertThat(rig.get()).isEqualTo("200 one");
      rig.later(seconds);

      assertThat(rig.get()).isEqualTo(again.equals("yes") ? "200 two" : "200 one");
    }
  }

  /** What one user or host is shown, no other is given, whether or not Vary names it. */
  @ParameterizedTest
  @ValueSource(strings = {"Host", "Authorization", "X-Api-Key"})
  void keepWhatASecretOrAHostSelectsForThatOne(String name) throws Exception {
    try (CacheRig rig = new CacheRig(
        ok("Cache-Control: max-age=60", "one"), ok("Cache-Control: max-age=60", "two"))) {
      assertThat(rig.sendOwn(name, "a.example").text()).isEqualTo("one");

      assertThat(rig.get()).isEqualTo("200 two");
      assertThat(rig.sendOwn(name, "a.example").text()).isEqualTo("one");
    }
  }

  @Test
  void keepNothingOfAnotherPlaceUnderThatOfTheFirst() throws Exception {
    RawAnswer redirect = answer(302, "Location: /b", "");
    try (CacheRig rig =
        CacheRig.outside(redirect, ok("Cache-Control: max-age=60", "one"), ok("", "two"))) {
      assertThat(rig.get()).isEqualTo("200 one");

      assertThat(rig.get()).isEqualTo("200 two");
    }
  }

  /** The same for what a request says, of a response that is fresh for 60 seconds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max-age=30; 30; no",
        "max-age=30; 31; yes",
        "max-age=0; 0; no",
        "max-age=0; 1; yes",
        "min-fresh=30; 30; no",
        "min-fresh=30; 31; yes",
        "max-stale; 1000000; no",
        "max-stale=30; 90; no",
        "max-stale=30; 91; yes",
        "max-stale=x; 61; yes",
        "max-age=70, max-stale; 80; yes",
        "no-cache; 1; yes",
        "no-store; 1; yes",
        "only-if-cached; 59; no",
        "unknown=1; 59; no",
      })
  void letARequestDecideToo(String control, long seconds, String again) throws Exception {
    try (CacheRig rig = new CacheRig(ok("Cache-Control: max-age=60", "one"), ok("", "two"))) {
      rig.get();
      rig.later(seconds);

      assertThat(rig.get("Cache-Control", control))
          .isEqualTo(again.equals("yes") ? "200 two" : "200 one");
    }
  }

  @Test
  void tellTheAge() throws Exception {
    try (CacheRig rig = new CacheRig(ok("Cache-Control: max-age=60|Age: 7", "one"))) {
      assertThat(rig.send("GET", "/").header("Age")).contains("7");
      rig.get();
      rig.later(5);

      HttpResponse response = rig.send("GET", "/#x");

      assertThat(response.headers().all("Age")).containsExactly("12");
      assertThat(response.attempts()).isEmpty();
      assertThat(response.text()).isEqualTo("one");
    }
  }

  @Test
  void countTheTimeThatAResponseWasUnderWay() throws Exception {
    try (CacheRig rig = new CacheRig(ok("Cache-Control: max-age=60", "one"), ok("", "two"))) {
      rig.later(50);
      rig.get();
      rig.later(10);

      assertThat(rig.get()).isEqualTo("200 two");
    }
  }

  @Test
  void ignorePragmaBesideCacheControl() throws Exception {
    try (CacheRig rig = new CacheRig(ok("Cache-Control: max-age=60", "one"), ok("", "two"))) {
      rig.get();

      assertThat(rig.get("Pragma", "no-cache", "Cache-Control", "max-age=9")).isEqualTo("200 one");
      assertThat(rig.get("Pragma", "no-cache")).isEqualTo("200 two");
    }
  }

  @Test
  void answerWith504WhereOnlyTheCacheIsAllowed() throws Exception {
    try (CacheRig rig = new CacheRig(ok(STALE, "one"))) {
      assertThat(rig.get("Cache-Control", "only-if-cached")).isEqualTo("504 ");
      rig.get();

      assertThat(rig.get("Cache-Control", "only-if-cached")).isEqualTo("504 ");
      assertThat(rig.get("Cache-Control", "only-if-cached, max-stale")).isEqualTo("200 one");
      assertThat(rig.get("Cache-Control", "only-if-cached", "Range", "bytes=0-"))
          .startsWith("504");
      assertThat(rig.asked()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, yes", "203, yes", "204, yes", "300, yes", "404, yes", "405, yes", "410, yes", "414, yes",
    "501, yes", "302, no", "400, no", "403, no", "500, no", "503, no", "599, no", "299, no"
  })
  void storeByThemselvesWhatTheStatusAllows(int status, String stored) throws Exception {
    String fields = "Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT";
    try (CacheRig rig = new CacheRig(answer(status, fields, ""), ok("", "two"))) {
      rig.send("GET", "/x").discard();
      rig.send("GET", "/x").discard();

      assertThat(rig.asked()).isEqualTo(stored.equals("yes") ? 1 : 2);
    }
  }

  @Test
  void storeRedirectsWithALife() throws Exception {
    String fields = "Cache-Control: max-age=60|Location: /b";
    try (CacheRig rig = new CacheRig(answer(302, fields, ""), ok("", "two"), ok("", "three"))) {
      assertThat(rig.getPath("/a")).isEqualTo("200 two");
      assertThat(rig.getPath("/a")).isEqualTo("200 three");
      assertThat(rig.asked()).isEqualTo(3);
    }
  }

  @Test
  void confirmWhatIsStale() throws Exception {
    String modified = "Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT";
    String newer =
        TAG + "|Cache-Control: max-age=60|X-New: 1|Content-Length: 99|Connection: X-Hop|X-Hop: 1";
    try (CacheRig rig = new CacheRig(
        ok(STALE + "|X-Old: 1|X-New: 0|" + modified, "one"),
        answer(304, newer, ""),
        ok("", "two"))) {
      rig.get();
      rig.later(10);
      HttpResponse confirmed = rig.send("GET", "/");

      assertThat(confirmed.status()).isEqualTo(200);
      assertThat(confirmed.text()).isEqualTo("one");
      assertThat(confirmed.headers().all("X-New")).containsExactly("1");
      assertThat(confirmed.header("X-Old")).contains("1");
      assertThat(confirmed.header("X-Hop")).isEmpty();
      assertThat(confirmed.header("Content-Length")).contains("3");
      assertThat(rig.lastField("If-None-Match")).isEqualTo("\"1\"");
      assertThat(rig.lastField("If-Modified-Since")).isEqualTo("Tue, 01 Jan 2019 00:00:00 GMT");
      rig.later(49);
      assertThat(rig.get()).isEqualTo("200 one");
      assertThat(rig.asked()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"W/\"1\", W/\"1\", one", "W/\"1\", \"1\", one", "\"1\", \"2\", two", "\"1\", , one"})
  void takeA304ForTheVersionThatItIsOf(String stored, String confirmed, String text)
      throws Exception {
    String tag = confirmed == null ? "" : "ETag: " + confirmed;
    try (CacheRig rig = new CacheRig(
        ok("Cache-Control: max-age=0|ETag: " + stored, "one"),
        answer(304, tag, ""),
        ok("", "two"))) {
      rig.get();

      assertThat(rig.get()).isEqualTo("200 " + text);
      assertThat(rig.asked()).isEqualTo(text.equals("one") ? 2 : 3);
    }
  }

  @Test
  void replaceWhatWasNotConfirmed() throws Exception {
    try (CacheRig rig =
        new CacheRig(ok(STALE, "one"), ok("Cache-Control: max-age=60", "two"), ok("", "three"))) {
      rig.get();

      assertThat(rig.get()).isEqualTo("200 two");
      assertThat(rig.get()).isEqualTo("200 two");
      assertThat(rig.asked()).isEqualTo(2);
    }
  }

  @Test
  void forgetWhatIsReplacedByWhatIsNotStored() throws Exception {
    try (CacheRig rig = new CacheRig(
        ok("Cache-Control: max-age=60", "one"),
        ok("Cache-Control: no-store", "two"),
        ok("", "three"))) {
      rig.get();
      rig.get("Cache-Control", "no-cache");

      assertThat(rig.get()).isEqualTo("200 three");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "stale-if-error=60; 60; ; 200 one",
        "stale-if-error=60; 61; ; 503",
        "stale-if-error=60, must-revalidate; 1; ; 503",
        "stale-if-error=60, no-cache; 1; ; 503",
        "public; 1; ; 503",
        "public; 30; stale-if-error=60; 200 one",
        "must-revalidate; 30; stale-if-error=60; 503",
        "stale-if-error=60; 30; no-cache; 503",
      })
  void serveStaleInPlaceOfAnErrorWhereAllowed(String said, long late, String asked, String expected)
      throws Exception {
    try (CacheRig rig =
        new CacheRig(ok("Cache-Control: max-age=10, " + said, "one"), answer(503, "", ""))) {
      rig.get();
      rig.later(10 + late);

      String[] fields = asked == null ? new String[0] : new String[] {"Cache-Control", asked};
      assertThat(rig.get(fields).strip()).isEqualTo(expected);
    }
  }

  @Test
  void serveStaleWhenTheServerIsAwayWhereAllowed() throws Exception {
    RawAnswer away = RawAnswer.of("").thenClose();
    try (CacheRig rig =
        new CacheRig(ok("Cache-Control: max-age=0, stale-if-error=60", "one"), away)) {
      rig.get();
      assertThat(rig.get()).isEqualTo("200 one");
      rig.later(61);

      assertThatThrownBy(rig::get).isInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void tellVariantsApart() throws Exception {
    String vary = "Cache-Control: max-age=60|Vary: Accept-Language, X";
    try (CacheRig rig =
        new CacheRig(ok(vary, "de"), ok(vary, "fr"), ok(vary, "none"), ok("", "x"))) {
      assertThat(rig.get("Accept-Language", "de, en")).isEqualTo("200 de");
      assertThat(rig.get("Accept-Language", "fr")).isEqualTo("200 fr");
      assertThat(rig.get()).isEqualTo("200 none");

      assertThat(rig.get("Accept-Language", "de,en")).isEqualTo("200 de");
      assertThat(rig.get("Accept-Language", "fr")).isEqualTo("200 fr");
      assertThat(rig.get()).isEqualTo("200 none");
      assertThat(rig.asked()).isEqualTo(3);
      assertThat(rig.get("Accept-Language", "de", "X", "1")).isEqualTo("200 x");
    }
  }

  @Test
  void forgetAllVariantsTogether() throws Exception {
    String vary = "Cache-Control: max-age=60|Vary: X";
    try (CacheRig rig =
        new CacheRig(ok(vary, "a"), ok(vary, "b"), ok("", ""), ok(vary, "A"), ok(vary, "B"))) {
      rig.get("X", "a");
      rig.get("X", "b");
      rig.send("POST", "/").discard();

      assertThat(rig.get("X", "a")).isEqualTo("200 A");
      assertThat(rig.get("X", "b")).isEqualTo("200 B");
    }
  }

  @Test
  void giveNothingToAnotherAuthorization() throws Exception {
    String fields = "Cache-Control: max-age=60";
    try (CacheRig rig = new CacheRig(ok(fields, "a"), ok(fields, "b"), ok(fields, "none"))) {
      assertThat(rig.get("Authorization", "Bearer a")).isEqualTo("200 a");
      assertThat(rig.get("Authorization", "Bearer b")).isEqualTo("200 b");
      assertThat(rig.get()).isEqualTo("200 none");

      assertThat(rig.get("Authorization", "Bearer a")).isEqualTo("200 a");
      assertThat(rig.asked()).isEqualTo(3);
    }
  }

  @Test
  void storeNoAnswerToADigestWhichIsAnotherEachTime() throws Exception {
    String fields = "Cache-Control: max-age=60";
    try (CacheRig rig = new CacheRig(ok(fields, "a"), ok(fields, "b"))) {
      rig.get("Authorization", "Digest username=\"x\"");

      assertThat(rig.get("Authorization", "Digest username=\"x\"")).isEqualTo("200 b");
    }
  }

  @Test
  void storeNoCookies() throws Exception {
    try (CacheRig rig = new CacheRig(ok("Cache-Control: max-age=60|Set-Cookie: a=b", "one"))) {
      assertThat(rig.send("GET", "/").header("Set-Cookie")).isPresent();
      rig.get();

      assertThat(rig.send("GET", "/").header("Set-Cookie")).isEmpty();
      assertThat(rig.asked()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 200, two",
    "PUT, 204, two",
    "DELETE, 302, two",
    "PATCH, 200, two",
    "BREW, 200, two",
    "POST, 404, one",
    "POST, 500, one",
    "OPTIONS, 200, one",
    "HEAD, 200, one"
  })
  void forgetWhatARequestHasChanged(String method, int status, String text) throws Exception {
    try (CacheRig rig = new CacheRig(
        ok("Cache-Control: max-age=60", "one"), answer(status, "", ""), ok("", "two"))) {
      rig.get();
      String control = method.equals("HEAD") ? "no-cache" : "max-age=60";
      rig.send(method, "/", "Cache-Control", control).discard();

      assertThat(rig.get()).isEqualTo(text.equals("one") ? "200 one" : "200 two");
    }
  }

  @Test
  void forgetWhatAnAnswerSaysHasChangedOnTheSameOrigin() throws Exception {
    String life = "Cache-Control: max-age=60";
    String changed = "Location: /b|Content-Location: http://other.test/c";
    try (CacheRig rig =
        new CacheRig(ok(life, "b"), ok(life, "c"), answer(201, changed, ""), ok("", "B"))) {
      rig.getPath("/b");
      rig.getPath("/c");
      rig.send("POST", "/a").discard();

      assertThat(rig.getPath("/b")).isEqualTo("200 B");
      assertThat(rig.getPath("/c")).isEqualTo("200 c");
    }
  }

  @Test
  void answerHeadFromAStoredGet() throws Exception {
    try (CacheRig rig = new CacheRig(ok("Cache-Control: max-age=60", "one"))) {
      rig.get();
      HttpResponse head = rig.send("HEAD", "/");

      assertThat(head.header("Content-Length")).contains("3");
      assertThat(head.text()).isEmpty();
      assertThat(rig.asked()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Range", "If-None-Match", "If-Modified-Since", "If-Match"})
  void letRequestsWithConditionsOfTheirOwnPass(String name) throws Exception {
    try (CacheRig rig = new CacheRig(
        ok("Cache-Control: max-age=60", "one"), answer(206, "Content-Range: bytes 0-0/3", "o"))) {
      rig.get();

      assertThat(rig.get(name, "x")).isEqualTo("206 o");
      assertThat(rig.get()).isEqualTo("200 one");
    }
  }

  static Stream<RawAnswer> broken() {
    String head = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";
    return Stream.of(
        RawAnswer.of(head + "Content-Length: 9\r\n\r\none").thenClose(),
        RawAnswer.of(head + "Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n").thenReset());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void storeNothingThatWasCut(RawAnswer cut) throws Exception {
    try (CacheRig rig = new CacheRig(cut, ok("", "two"))) {
      assertThatThrownBy(rig::get).isInstanceOf(IOException.class);

      assertThat(rig.get()).isEqualTo("200 two");
    }
  }

  @Test
  void storeNothingThatWasNotReadToItsEnd() throws Exception {
    String life = "Cache-Control: max-age=60";
    RawAnswer large = ok(life, "x".repeat(90_000));
    try (CacheRig rig = new CacheRig(large, ok(life, "two"))) {
      try (InputStream body = rig.send("GET", "/").body()) {
        assertThat(body.readNBytes(10)).hasSize(10);
      }

      assertThat(rig.get()).isEqualTo("200 two");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storeNothingThatIsTooLarge(boolean announced) throws Exception {
    String head = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";
    String body = "x".repeat(100_001);
    RawAnswer large = announced
        ? RawAnswer.of(head + "Content-Length: 100001\r\n\r\n" + body)
        : RawAnswer.of(
            head + "Transfer-Encoding: chunked\r\n\r\n186a1\r\n" + body + "\r\n0\r\n\r\n");
    try (CacheRig rig = new CacheRig(large, ok("", "two"))) {
      assertThat(rig.get()).hasSize(100_005);

      assertThat(rig.get()).isEqualTo("200 two");
    }
  }

  @Test
  void takeTheTimeOfReceptionForAMissingDate() throws Exception {
    RawAnswer undated = RawAnswer.of(
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 3\r\n\r\none");
    try (CacheRig rig = new CacheRig(undated, ok("", "two"))) {
      rig.get();
      rig.later(59);

      assertThat(rig.send("GET", "/").header("Date")).contains(date(Duration.ZERO));
      rig.later(1);
      assertThat(rig.get()).isEqualTo("200 two");
    }
  }
}
