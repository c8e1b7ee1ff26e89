package dev.wireline.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The mechanisms but SCRAM: their messages, their ends, and what they refuse. */
class SaslTest {
  private static final String SECRET = "tanstaaftanstaaf";

  @Test
  void saysPlainInOneMessage() {
    assertThat(initial(Sasl.plain("tim", SECRET))).isEqualTo("\0tim\0" + SECRET);
    assertThat(initial(Sasl.plain("Ursel", "Kurt", "xipj3plmq")))
        .isEqualTo("Ursel\0Kurt\0xipj3plmq");
    assertThat(initial(Sasl.plain("j\u00fcrgen", "\u20ac"))).isEqualTo("\0j\u00fcrgen\0\u20ac");
  }

  @Test
  void answersBothQuestionsOfLogin() throws Exception {
    SaslExchange login = Sasl.login("tim", SECRET).start();

    assertThat(login.initialResponse()).isEmpty();
    assertThat(say(login, "Username:")).isEqualTo("tim");
    assertThat(say(login, "whatever")).isEqualTo(SECRET);
    login.complete();
  }

  @Test
  void believesNoLoginThatWasAcceptedHalfWay() throws Exception {
    SaslExchange login = Sasl.login("tim", SECRET).start();
    say(login, "Username:");

    assertThatThrownBy(login::complete).isInstanceOf(SaslException.class);
  }

  /** RFC 2195, section 2. */
  @Test
  void keysTheChallengeOfCramMd5() throws Exception {
    SaslExchange cram = Sasl.cramMd5("tim", SECRET).start();

    assertThat(cram.initialResponse()).isEmpty();
    assertThat(say(cram, "<1896.697170952@postoffice.reston.mci.net>"))
        .isEqualTo("tim b913a602c7eda7a495b4e6e7334d3890");
    cram.complete();
  }

  @Test
  void believesNoCramMd5WithoutAChallenge() {
    assertThatThrownBy(Sasl.cramMd5("tim", SECRET).start()::complete)
        .isInstanceOf(SaslException.class);
  }

  @Test
  void showsATokenToXoauth2AndHearsItsRefusalOut() throws Exception {
    Sasl mechanism = Sasl.xoauth2("tim@example.org", "ya29.vF9");
    SaslExchange exchange = mechanism.start();

    assertThat(text(exchange.initialResponse().orElseThrow()))
        .isEqualTo("user=tim@example.org\u0001auth=Bearer ya29.vF9\u0001\u0001");
    assertThat(say(exchange, "{\"status\":\"401\"}")).isEmpty();
  }

  /** RFC 7628, section 3.1 and section 3.2.3. */
  @Test
  void showsATokenToOauthBearerAndHearsItsRefusalOut() throws Exception {
    SaslExchange exchange = Sasl.oauthBearer("user@example.com", "vF9").start();

    assertThat(text(exchange.initialResponse().orElseThrow()))
        .isEqualTo("n,a=user@example.com,\u0001auth=Bearer vF9\u0001\u0001");
    assertThat(say(exchange, "{\"status\":\"invalid_token\"}")).isEqualTo("\u0001");
    assertThat(initial(Sasl.oauthBearer("", "vF9"))).startsWith("n,,\u0001auth=");
    assertThat(initial(Sasl.oauthBearer("a,b", "vF9"))).startsWith("n,a=a=2Cb,");
  }

  @Test
  void leavesItToTheConnectionWhoItIsByExternal() {
    assertThat(initial(Sasl.external(""))).isEmpty();
    assertThat(initial(Sasl.external("other"))).isEqualTo("other");
  }

  @ParameterizedTest
  @MethodSource("all")
  void isNotAskedForEver(Sasl mechanism) {
    SaslExchange exchange = mechanism.start();

    assertThatThrownBy(() -> {
          for (int i = 0; i < 5; i++) {
            say(exchange, "more");
          }
        })
        .isInstanceOf(SaslException.class);
  }

  @ParameterizedTest
  @MethodSource("all")
  void showsNoSecret(Sasl mechanism) {
    assertThat(mechanism.toString()).isEqualTo(mechanism.name()).doesNotContain(SECRET);
  }

  static Stream<Sasl> all() {
    return Stream.of(
        Sasl.plain("tim", SECRET),
        Sasl.login("tim", SECRET),
        Sasl.cramMd5("tim", SECRET),
        Sasl.scramSha1("tim", SECRET),
        Sasl.scramSha256("tim", SECRET),
        Sasl.xoauth2("tim", SECRET),
        Sasl.oauthBearer("tim", SECRET),
        Sasl.external("tim"));
  }

  @Test
  void knowsWhatRevealsTheSecret() {
    assertThat(all().filter(Sasl::revealsSecret).map(Sasl::name))
        .containsExactly("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");
  }

  @ParameterizedTest
  @CsvSource({
    "'PLAIN SCRAM-SHA-1 SCRAM-SHA-256', true, SCRAM-SHA-256",
    "'plain scram-sha-1', false, SCRAM-SHA-1",
    "'CRAM-MD5 PLAIN LOGIN', true, PLAIN",
    "'CRAM-MD5 PLAIN LOGIN', false, CRAM-MD5",
    "'GSSAPI LOGIN', true, LOGIN",
  })
  void takesTheBest(String offered, boolean confidential, String expected) {
    assertThat(
            Sasl.best(List.of(offered.split(" ")), "tim", SECRET, confidential).map(Sasl::name))
        .hasValue(expected);
  }

  @Test
  void takesNoneOfThoseThatItDoesNotKnow() {
    assertThat(Sasl.best(List.of("GSSAPI", "NTLM"), "tim", SECRET, true)).isEmpty();
  }

  @Test
  void refusesWhatWouldBecomeAnotherPartOfAMessage() {
    refuses(() -> Sasl.plain("tim\0root", "x"));
    refuses(() -> Sasl.plain("tim", SECRET + "\0"));
    refuses(() -> Sasl.plain("", "x"));
    refuses(() -> Sasl.xoauth2("tim\u0001auth=Bearer other", "x"));
    refuses(() -> Sasl.xoauth2("tim", SECRET + "\r\nx"));
    refuses(() -> Sasl.oauthBearer("tim", SECRET + "\u0001host=other"));
    refuses(() -> Sasl.login("tim", SECRET + "\ud800"));
    refuses(() -> Sasl.external("a\0b"));
  }

  private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(SECRET);
  }

  private static String initial(Sasl mechanism) {
    return text(mechanism.start().initialResponse().orElseThrow());
  }

  private static String say(SaslExchange exchange, String challenge) throws SaslException {
    return text(exchange.respond(challenge.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
