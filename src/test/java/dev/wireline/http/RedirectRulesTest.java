package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.wireline.header.Headers;
import dev.wireline.url.HttpUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectRulesTest {
  private static final RedirectRules STANDARD = RedirectRules.standard();
  private static final RedirectRules LAX =
      RedirectRules.builder().allowHttpsToHttp(true).build();

  private static Hop hop(String method, String url, Hop.Content content) {
    return new Hop(method, HttpUrl.parse(url), Headers.empty(), content);
  }

  private static Hop get(String url) {
    return hop("GET", url, Hop.Content.NONE);
  }

  private static Redirect decide(RedirectRules rules, Hop sent, int status, String... locations) {
    Headers answered = Headers.empty();
    for (String location : locations) {
      answered = answered.withOctets("Location", location.getBytes(StandardCharsets.UTF_8));
    }
    return rules.decide(List.of(sent), status, answered);
  }

  private static Hop followed(Redirect redirect) {
    assertThat(redirect).isInstanceOf(Redirect.Follow.class);
    return ((Redirect.Follow) redirect).next();
  }

  private static Redirect.Reason reason(Redirect redirect) {
    assertThat(redirect).isInstanceOf(Redirect.Refused.class);
    return ((Redirect.Refused) redirect).reason();
  }

  /** RFC 9110, sections 15.4.2 to 15.4.9. */
  @ParameterizedTest
  @CsvSource({
    "301, GET, NONE, GET, NONE",
    "301, HEAD, NONE, HEAD, NONE",
    "301, POST, REPEATABLE, GET, NONE",
    "301, POST, ONCE, GET, NONE",
    "301, POST, NONE, GET, NONE",
    "301, PUT, REPEATABLE, PUT, REPEATABLE",
    "301, GET, REPEATABLE, GET, REPEATABLE",
    "301, post, REPEATABLE, post, REPEATABLE",
    "302, GET, NONE, GET, NONE",
    "302, HEAD, NONE, HEAD, NONE",
    "302, POST, REPEATABLE, GET, NONE",
    "302, POST, ONCE, GET, NONE",
    "302, DELETE, NONE, DELETE, NONE",
    "302, PATCH, REPEATABLE, PATCH, REPEATABLE",
    "303, GET, NONE, GET, NONE",
    "303, GET, REPEATABLE, GET, NONE",
    "303, HEAD, NONE, HEAD, NONE",
    "303, POST, ONCE, GET, NONE",
    "303, PUT, REPEATABLE, GET, NONE",
    "303, DELETE, NONE, GET, NONE",
    "307, GET, NONE, GET, NONE",
    "307, HEAD, NONE, HEAD, NONE",
    "307, POST, REPEATABLE, POST, REPEATABLE",
    "307, PUT, REPEATABLE, PUT, REPEATABLE",
    "307, POST, NONE, POST, NONE",
    "308, POST, REPEATABLE, POST, REPEATABLE",
    "308, DELETE, NONE, DELETE, NONE",
  })
  void rewritesTheMethodAsTheStatusSays(
      int status, String method, Hop.Content content, String next, Hop.Content nextContent) {
    Hop sent = hop(method, "http://a/b", content);

    Hop follow = followed(decide(STANDARD, sent, status, "c"));

    assertThat(follow.method()).isEqualTo(next);
    assertThat(follow.content()).isEqualTo(nextContent);
    assertThat(follow.url()).isEqualTo(HttpUrl.parse("http://a/c"));
  }

  @ParameterizedTest
  @CsvSource({"307, POST", "308, POST", "307, PUT", "301, PUT", "302, PATCH", "301, GET"})
  void keepsNoBodyThatCannotBeSentAgain(int status, String method) {
    Hop sent = hop(method, "http://a/b", Hop.Content.ONCE);

    assertThat(reason(decide(STANDARD, sent, status, "c"))).isEqualTo(Redirect.Reason.BODY);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299, 300, 304, 305, 306, 309, 399, 400, 401, 503})
  void takesOtherStatusesForTheAnswer(int status) {
    assertThat(decide(STANDARD, get("http://a/"), status, "b")).isInstanceOf(Redirect.None.class);
  }

  @Test
  void takesARedirectWithoutALocationForTheAnswer() {
    assertThat(decide(STANDARD, get("http://a/"), 302)).isInstanceOf(Redirect.None.class);
  }

  @Test
  void followsNoneWhereNoneIsAllowed() {
    assertThat(decide(RedirectRules.none(), get("http://a/"), 302, "b"))
        .isInstanceOf(Redirect.None.class);
  }

  @Test
  void takesTheSameLocationTwiceAndNoTwoOthers() {
    Hop sent = get("http://a/");

    assertThat(followed(decide(STANDARD, sent, 302, "b", "b")).url()).hasToString("http://a/b");
    assertThat(reason(decide(STANDARD, sent, 302, "b", "c"))).isEqualTo(Redirect.Reason.LOCATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://b/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "unix:/run/a.sock",
        "http:b",
        "http://",
        "//",
        "/\\b",
        "http://b\\@a/",
        "http://127.1/",
        "http://2130706433/",
        "http://a%2F.b/",
        "http://user@b/",
        "//user:s3cret@b/",
        "http://a@b@c/",
        "/a\tb",
        "/x?s3cret=\tb",
      })
  void refusesALocationThatIsNoHttpUrl(String location) {
    Redirect redirect = decide(STANDARD, get("http://a/"), 302, location);

    assertThat(reason(redirect)).isEqualTo(Redirect.Reason.LOCATION);
    assertThat(redirect.toString()).doesNotContain("s3cret");
  }

  @Test
  void passesNoUserInfoOnEvenToTheSameOrigin() {
    Hop next = followed(decide(STANDARD, get("http://me:s3cret@a/b"), 302, "c"));

    assertThat(next.url().user()).isEmpty();
    assertThat(next.url()).isEqualTo(HttpUrl.parse("http://a/c"));
  }

  @Test
  void inheritsTheFragmentUnlessTheLocationHasOne() {
    Hop sent = get("http://a/b#f");

    assertThat(followed(decide(STANDARD, sent, 302, "c")).url().fragment()).contains("f");
    assertThat(followed(decide(STANDARD, sent, 302, "c#g")).url().fragment()).contains("g");
  }

  @Test
  void leavesTlsOnlyWhereThatIsAllowed() {
    Hop sent = get("https://a/?s3cret");

    Redirect refused = decide(STANDARD, sent, 302, "http://a/?s3cret");

    assertThat(reason(refused)).isEqualTo(Redirect.Reason.DOWNGRADE);
    assertThat(refused.toString()).contains("http://a/?***").doesNotContain("s3cret");
    assertThat(followed(decide(LAX, sent, 302, "http://a/")).url().isSecure()).isFalse();
    assertThat(followed(decide(STANDARD, sent, 302, "//b/")).url().isSecure()).isTrue();
    assertThat(followed(decide(STANDARD, get("http://a/"), 302, "https://a/"))
            .url()
            .isSecure())
        .isTrue();
  }

  @Test
  void findsALoopOfOneAtTheThirdRequest() {
    Hop same = get("http://a/b");

    assertThat(followed(STANDARD.decide(List.of(same), 302, Headers.of("Location", "/b"))))
        .isEqualTo(same);
    assertThat(reason(STANDARD.decide(List.of(same, same), 302, Headers.of("Location", "/b#f"))))
        .isEqualTo(Redirect.Reason.LOOP);
  }

  @Test
  void findsALoopOfTwoAfterItWentRoundOnce() {
    Hop a = get("http://a/");
    Hop b = get("http://b/");

    assertThat(followed(STANDARD.decide(List.of(a, b), 302, Headers.of("Location", "http://a"))))
        .isEqualTo(a);
    assertThat(followed(STANDARD.decide(List.of(a, b, a), 302, Headers.of("Location", "//b"))))
        .isEqualTo(b);
    assertThat(
            reason(STANDARD.decide(List.of(a, b, a, b), 302, Headers.of("Location", "http://a"))))
        .isEqualTo(Redirect.Reason.LOOP);
  }

  @Test
  void takesAnAnswerToAPostAtTheSamePlaceForNoLoop() {
    Hop post = hop("POST", "http://a/b", Hop.Content.ONCE);
    Hop get = get("http://a/b?");

    assertThat(followed(STANDARD.decide(List.of(post), 303, Headers.of("Location", "?"))))
        .isEqualTo(get);
    assertThat(followed(STANDARD.decide(List.of(post, get), 302, Headers.of("Location", "?"))))
        .isEqualTo(get);
  }

  @Test
  void followsAsManyAsTheLimitSays() {
    RedirectRules three = RedirectRules.builder().maxRedirects(3).build();
    List<Hop> hops = new ArrayList<>(List.of(get("http://a/0")));

    for (int i = 1; i <= 3; i++) {
      hops.add(followed(three.decide(hops, 302, Headers.of("Location", "/" + i))));
    }

    assertThat(three.decide(hops, 302, Headers.of("Location", "/4")))
        .asInstanceOf(type(Redirect.Refused.class))
        .returns(Redirect.Reason.LIMIT, Redirect.Refused::reason)
        .returns("\"http://a/4\"", Redirect.Refused::excerpt);
    assertThat(three.decide(hops, 200, Headers.of("Location", "/4")))
        .isInstanceOf(Redirect.None.class);
  }

  @Test
  void hasALimitOfTenUnlessSet() {
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i <= RedirectRules.MAX_REDIRECTS; i++) {
      hops.add(get("http://a/" + i));
    }

    assertThat(RedirectRules.MAX_REDIRECTS).isEqualTo(10);
    assertThat(reason(STANDARD.decide(hops, 302, Headers.of("Location", "/n"))))
        .isEqualTo(Redirect.Reason.LIMIT);
    assertThat(followed(STANDARD.decide(hops.subList(1, 11), 302, Headers.of("Location", "/n"))))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void refusesALimitOutOfRange(int limit) {
    assertThatThrownBy(() -> RedirectRules.builder().maxRedirects(limit))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
