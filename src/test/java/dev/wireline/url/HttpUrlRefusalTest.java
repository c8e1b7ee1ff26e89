package dev.wireline.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.http.HttpRequest;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlRefusalTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedTexts")
  void refusesATextAndSaysWhere(String text, String problem) {
    assertThatThrownBy(() -> HttpUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  static Stream<Arguments> refusedTexts() {
    return Stream.of(schemes(), hosts(), characters(), userInfos()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> schemes() {
    return Stream.of(
        arguments("", "the scheme at index 0"),
        arguments("example.org", "the scheme at index 0"),
        arguments("example.org:80", "the scheme at index 0"),
        arguments("//example.org/", "the scheme at index 0"),
        arguments("/a", "the scheme at index 0"),
        arguments("ftp://example.org/", "the scheme at index 0"),
        arguments("file:///etc/passwd", "the scheme at index 0"),
        arguments("javascript:alert(1)", "the scheme at index 0"),
        arguments("unix:/run/a.sock", "the scheme at index 0"),
        arguments("tls://example.org", "the scheme at index 0"),
        arguments("httpx://example.org", "the scheme at index 0"),
        arguments("http\u017f://example.org", "the scheme at index 0"),
        arguments("http", "the scheme at index 0"),
        arguments("http:", "the text at index 5 is not \"//\" and a host"),
        arguments("http:example.org", "the text at index 5"),
        arguments("http:/example.org", "the text at index 5"),
        arguments("https:/example.org", "the text at index 6"));
  }

  private static Stream<Arguments> hosts() {
    return Stream.of(
        arguments("http://", "the host at index 7 is empty"),
        arguments("http:///a", "the host at index 7 is empty"),
        arguments("http://?a", "the host at index 7 is empty"),
        arguments("http://#a", "the host at index 7 is empty"),
        arguments("http://:80/", "the host at index 7 is empty"),
        arguments("http://./", "the host at index 7 is empty"),
        arguments("http://a..b/", "the label at index 9 is empty"),
        arguments("http://a:/", "the port at index 9 is missing"),
        arguments("http://a:0/", "the port at index 9 must be 1 to 65535"),
        arguments("http://a:65536/", "the port at index 9"),
        arguments("http://a:080/", "the port at index 9"),
        arguments("http://a:+80/", "the port at index 9"),
        arguments("http://a:80:80/", "several colons"),
        arguments("http://::1/", "several colons"),
        arguments("http://127.1/", "the host at index 7 ends in a number"),
        arguments("http://2130706433/", "the host at index 7 ends in a number"),
        arguments("http://0x7f000001/", "the host at index 7 ends in a number"),
        arguments("http://0177.0.0.1/", "the host at index 7 ends in a number"),
        arguments("http://[::1/", "the bracket at index 7 is never closed"),
        arguments("http://[::g]/", "the address at index 8"),
        arguments("http://[::1]a/", "the character at index 12"),
        arguments("http://[fe80::1%25eth0]/", "the percent sign at index 15"),
        arguments("http://[fe80::1%eth0]/", "the percent sign at index 15"),
        arguments("http://good%2Fevil/", "the percent sign at index 11"),
        arguments("http://good%40evil/", "the percent sign at index 11"),
        arguments("http://good%00/", "the percent sign at index 11"),
        arguments("http://%65xample.org/", "the percent sign at index 7"),
        arguments("http://a;b/", "the character at index 8"),
        arguments("http://good\uff0fevil/", "the international name at index 7"),
        arguments("http://good\uff20evil/", "the international name at index 7"),
        arguments("http://a\u2100b/", "the international name at index 7"),
        arguments("http://exam\u00adple.org/", "the control character at index 11"),
        arguments("http://exam\u200bple.org/", "the control character at index 11"),
        arguments("http://exam\u3000ple.org/", "the white space at index 11"));
  }

  private static Stream<Arguments> characters() {
    return Stream.of(
        arguments(" http://a/", "the blank at index 0"),
        arguments("http://a/ ", "the blank at index 9"),
        arguments("http://a b/", "the blank at index 8"),
        arguments("http://a/b c", "the blank at index 10 does not belong here; percent-encode"),
        arguments("http://a/\r\nHost: evil", "the control character at index 9"),
        arguments("http://a\n/", "the control character at index 8"),
        arguments("http://a/\t", "the control character at index 9"),
        arguments("http://a/?\u0000", "the control character at index 10"),
        arguments("http://a/#\u007f", "the control character at index 10"),
        arguments("http://a/\u0085", "the control character at index 9"),
        arguments("http://good\\@evil/", "the backslash at index 11"),
        arguments("http:\\\\a/", "the backslash at index 5"),
        arguments("http://a/b\\c", "the backslash at index 10"),
        arguments("http://a/\u00fc", "the character at index 9 is not ASCII; percent-encode"),
        arguments("http://a/?\u00fc", "the character at index 10 is not ASCII"),
        arguments("http://a/#\u00fc", "the character at index 10 is not ASCII"),
        arguments("http://a/\u010d\u010a", "the character at index 9 is not ASCII"));
  }

  private static Stream<Arguments> userInfos() {
    return Stream.of(
        arguments("http://b@", "the host at index 7 is empty"),
        arguments("http://b@c@d/", "the host or port at index 9 is none"),
        arguments("http://b:c@d:e@f/", "the host or port at index 11 is none"),
        arguments("http://b%0D%0A@c/", "the user info at index 7 has a control character"),
        arguments("http://b:%00@c/", "the user info at index 9 has a control character"),
        arguments("http://b:%C2%85@c/", "the user info at index 9 has a control character"),
        arguments("http://b%FF@c/", "the user info at index 7 is not UTF-8"),
        arguments("http://b%4@c/", "the percent sign at index 8"),
        arguments("http://b%@c/", "the percent sign at index 8"),
        arguments("http://[::1]@c/", "the user info at index 7 has a character"),
        arguments("http://\u00fc@c/", "the user info at index 7 has a character"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:s3cret@a b/",
        "http://me:s3cret@127.1/",
        "http://me:s3cret@a/\\",
        "http://me:s3cret@a/\u00fc",
        "http://me:s3cret@",
        "http://me:s3cret%00@a/",
        "http://me:s3cret@[::1/",
        "ftp://me:s3cret@a/",
        "me:s3cret@a",
        "http://me:s3cret/x@a/",
        "http://me:s3cret?x@a/",
        "http://me:s3cret#x@a/",
        "http://me:s3cret[@a/",
        "http://me:x@s3cret@a/",
        "http://a/b c?token=s3cret",
        "http://a/b?token=s3cret\n",
        "http://a/b?token=s3cret\u00fc",
        "http://a/b#token=s3cret\u00fc",
        "http://127.1/?token=s3cret",
        "ftp://a/?s3cret",
      })
  void showsNoSecretInItsMessages(String text) {
    assertThatThrownBy(() -> HttpUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @RepeatedTest(20)
  void parsesOrRefusesGarbageAndNothingElse(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String pieces = "http://https:@:[]/?#%41.\\ \u00fc\uff0fa1-;&=+\r\u0000";
    HttpUrl base = HttpUrl.parse("http://a/b/c?d#e");
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "http://" : "");
      random
          .ints(random.nextInt(12), 0, pieces.length())
          .forEach(at -> text.append(pieces.charAt(at)));
      check(text.toString(), base);
    }
  }

  private static void check(String text, HttpUrl base) {
    Throwable refusal = catchThrowable(() -> {
      HttpUrl url = base.resolve(text);
      assertThat(HttpUrl.parse(url.toString())).isEqualTo(url.withoutUserInfo());
      assertThat(HttpRequest.get(url.target()).target()).isEqualTo(url.target());
    });
    if (refusal != null) {
      assertThat(refusal).isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }
}
