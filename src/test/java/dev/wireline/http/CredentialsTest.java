package dev.wireline.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.http.grammar.Challenge;
import dev.wireline.http.grammar.ChallengeParser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final String ALL = "Basic realm=\"b\", Bearer realm=\"t\","
      + " Digest realm=\"d\", nonce=\"n\", qop=\"auth\", Negotiate, Unheard of=\"it\"";

  private final Realms realms = new Realms(() -> "c");

  @ParameterizedTest
  @CsvSource({
    "Aladdin, open sesame, QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    "test, 123\u00a3, dGVzdDoxMjPCow==",
    "'', '', Og==",
    "a, b:c, YTpiOmM=",
  })
  void sendsUserAndPasswordAsBasic(String user, String password, String coded) throws Exception {
    Answer answer = answer(Credentials.basic(user, password), "Basic realm=\"x\"", null);

    assertThat(answer.value()).isEqualTo("Basic " + coded);
    assertThat(answer.isAsked()).isTrue();
  }

  @Test
  void composesWhatUnicodeCanSpellTwice() throws Exception {
    String decomposed = "e\u0301";

    assertThat(answer(Credentials.basic("a", decomposed), "Basic realm=x", null).value())
        .isEqualTo(
            answer(Credentials.basic("a", "\u00e9"), "Basic realm=x", null).value());
    assertThat(Credentials.digest(decomposed, "p")).isEqualTo(Credentials.digest("\u00e9", "p"));
  }

  @Test
  void answersTheSchemeOfTheCredentialsAlone() throws Exception {
    assertThat(answer(Credentials.basic("u", "p"), ALL, null).value()).startsWith("Basic ");
    assertThat(answer(Credentials.bearer("t"), ALL, null).value()).isEqualTo("Bearer t");
    assertThat(answer(Credentials.digest("u", "p"), ALL, null).value()).startsWith("Digest ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic realm=\"x\"",
        "Bearer",
        "Negotiate",
        "Digest",
        "Digest realm=\"d\"",
        "Digest nonce=\"n\", qop=\"auth\"",
        "Digest realm=\"d\", qop=\"auth\"",
        "Basic realm=\"d\", nonce=\"n\", qop=\"auth\"",
      })
  void neverAnswersAnotherSchemeWithAPasswordForDigest(String asked) throws Exception {
    assertThat(tryAnswer(Credentials.digest("u", "p"), asked, null)).isNull();
    assertThat(tryAnswer(Credentials.legacyDigest("u", "p"), asked, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basics", "Digest realm=\"d\", nonce=\"n\", qop=\"auth\"", "Bearer"})
  void neverAnswersAnotherSchemeWithAPasswordForBasic(String asked) throws Exception {
    assertThat(tryAnswer(Credentials.basic("u", "p"), asked, null)).isNull();
  }

  @Test
  void sendsATokenUnasked() throws Exception {
    Answer first =
        requireNonNull(Credentials.bearer("a.b-c_d~e+f/0==").unasked(realms, "GET", "/"));

    assertThat(first.value()).isEqualTo("Bearer a.b-c_d~e+f/0==");
    assertThat(first.isAsked()).isFalse();
    assertThat(tryAnswer(Credentials.bearer("t"), "Bearer", first)).isNull();
    assertThat(tryAnswer(Credentials.bearer("t"), "Basic realm=\"x\"", null)).isNull();
  }

  @Test
  void sendsAPasswordUnaskedWhereItWasAskedForOnly() throws Exception {
    Credentials basic = Credentials.basic("u", "p");

    assertThat(basic.unasked(realms, "GET", "/a/b")).isNull();
    basic.answer(ChallengeParser.challenges(List.of("Basic realm=x")), realms, null, "GET", "/a/b");

    assertThat(basic.unasked(realms, "GET", "/a/c/d?e")).isNotNull();
    assertThat(basic.unasked(realms, "GET", "/a/")).isNotNull();
    assertThat(basic.unasked(realms, "GET", "/a")).isNull();
    assertThat(basic.unasked(realms, "GET", "/b?/a/")).isNull();
    assertThat(basic.unasked(new Realms(), "GET", "/a/b")).isNull();
  }

  @Test
  void neverSendsARefusedPasswordAgain() throws Exception {
    Credentials basic = Credentials.basic("u", "p");
    Answer first = answer(basic, "Basic realm=\"x\"", null);

    assertThat(tryAnswer(basic, "Basic realm=\"x\"", first)).isNull();
    assertThat(tryAnswer(basic, "Basic realm=\"y\"", first)).isNull();
    assertThat(basic.unasked(realms, "GET", "/")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", ":", "a\nb", "a\u0000", "\u007f", "a\u0085", "a\ud800", "\udc00b"})
  void refusesAUserThatCannotBeSent(String user) {
    assertThatThrownBy(() -> Credentials.basic(user, "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\r\nX: y", "s3cret\u0000", "s3cret\ud800x"})
  void refusesAPasswordThatCannotBeSent(String password) {
    for (int scheme = 0; scheme < 3; scheme++) {
      int one = scheme;

      assertThatThrownBy(() -> make(one, password))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the password has ")
          .hasMessageContaining("at index 6")
          .hasMessageNotContaining("s3cret");
    }
  }

  private static Credentials make(int scheme, String password) {
    return switch (scheme) {
      case 0 -> Credentials.basic("u", password);
      case 1 -> Credentials.digest("u", password);
      default -> Credentials.legacyDigest("u", password);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "=", "==", "a b", "a=b", "a,b", "a\n", "\u00e9", "a\"", "a:b", "a%20"})
  void refusesATokenThatIsNone(String token) {
    assertThatThrownBy(() -> Credentials.bearer(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RFC 6750 section 2.1");
  }

  @Test
  void doesNotRepeatARefusedToken() {
    assertThatThrownBy(() -> Credentials.bearer("s3cret\r"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 6")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void showsNoSecret() throws Exception {
    for (Credentials credentials : List.of(
        Credentials.basic("s3cret", "s3cret"),
        Credentials.digest("s3cret", "s3cret"),
        Credentials.bearer("s3cret"))) {
      Answer answer = answer(credentials, ALL, null);

      assertThat(credentials.toString()).endsWith(" credentials").doesNotContain("s3cret");
      assertThat(answer.toString()).isEqualTo("an answer to a challenge");
    }
  }

  @Test
  void comparesBySchemeAndSecrets() {
    Credentials basic = Credentials.basic("u", "p");

    assertThat(basic).isEqualTo(Credentials.basic("u", "p"));
    assertThat(basic).hasSameHashCodeAs(Credentials.basic("u", "p"));
    assertThat(basic).isNotEqualTo(Credentials.basic("u", "q"));
    assertThat(basic).isNotEqualTo(Credentials.digest("u", "p"));
    assertThat(Credentials.digest("u", "p")).isEqualTo(Credentials.digest("u", "p"));
    assertThat(Credentials.digest("u", "p")).hasSameHashCodeAs(Credentials.digest("u", "p"));
    assertThat(Credentials.digest("u", "p")).isNotEqualTo(Credentials.legacyDigest("u", "p"));
    assertThat(Credentials.digest("u", "p")).isNotEqualTo(Credentials.digest("v", "p"));
    assertThat(Credentials.bearer("t")).isEqualTo(Credentials.bearer("t"));
    assertThat(Credentials.bearer("t")).hasSameHashCodeAs(Credentials.bearer("t"));
    assertThat(Credentials.bearer("t")).isNotEqualTo(Credentials.bearer("T"));
  }

  private Answer answer(Credentials credentials, String asked, @Nullable Answer refused)
      throws Exception {
    return requireNonNull(tryAnswer(credentials, asked, refused));
  }

  private @Nullable Answer tryAnswer(
      Credentials credentials, String asked, @Nullable Answer refused) throws Exception {
    List<Challenge> challenges = ChallengeParser.challenges(List.of(asked));
    return credentials.answer(challenges, realms, refused, "GET", "/");
  }
}
