package dev.wireline.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SCRAM by the examples of RFC 5802 section 5 and RFC 7677 section 3, and what a server may not say. */
class ScramTest {
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0," + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String LAST = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private final SaslExchange exchange = new Scram(ScramHash.SHA_256, "user", "pencil").start(NONCE);

  @Test
  void speaksTheExampleOfScramSha1() throws Exception {
    SaslExchange sha1 =
        new Scram(ScramHash.SHA_1, "user", "pencil").start("fyko+d2lbbFgONRv9qkxdawL");

    assertThat(text(sha1.initialResponse().orElseThrow()))
        .isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    assertThat(say(sha1, "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"))
        .isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
            + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    assertThat(say(sha1, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")).isEmpty();
    sha1.complete();
  }

  @Test
  void speaksTheExampleOfScramSha256() throws Exception {
    assertThat(text(exchange.initialResponse().orElseThrow()))
        .isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    assertThat(say(exchange, FIRST))
        .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    assertThat(say(exchange, LAST)).isEmpty();
    exchange.complete();
  }

  @Test
  void believesNoServerThatSkipsItsProof() throws Exception {
    say(exchange, FIRST);

    assertThatThrownBy(exchange::complete)
        .isInstanceOf(SaslException.class)
        .hasMessageContaining("without proving that it knows the password");
  }

  @Test
  void believesNoServerThatAcceptsAtOnce() {
    assertThatThrownBy(exchange::complete).isInstanceOf(SaslException.class);
  }

  @Test
  void findsAWrongProof() throws Exception {
    say(exchange, FIRST);

    assertThatThrownBy(() -> say(exchange, "v=" + Base64.getEncoder().encodeToString(new byte[32])))
        .isInstanceOf(SaslException.class)
        .hasMessageContaining("does not know the password");
    assertThatThrownBy(exchange::complete).isInstanceOf(SaslException.class);
  }

  @Test
  void tellsWhatTheServerRefused() throws Exception {
    say(exchange, FIRST);

    assertThatThrownBy(() -> say(exchange, "e=other-error"))
        .hasMessage("the server refused the login: \"other-error\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "another nonce | r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096 | repeats the client's nonce",
        "the nonce alone | r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096 | adds to it",
        "no salt | r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096 | Base64",
        "salt that is not Base64 | r=rOprNGfwEbeRWgbNEkqOx,s=!,i=4096 | Base64",
        "too few iterations | r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4095 | 4096 to 1000000 iterations",
        "too many iterations | r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=1000001 | 4096 to 1000000 iterations",
        "a negative count | r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=-5000 | 4096 to 1000000 iterations",
        "an overflow | r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4294967296000 | iterations",
        "a mandatory extension | m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096 | r= in its place",
        "another order | s=W22Z,r=rOprNGfwEbeRWgbNEkqOx,i=4096 | r= in its place",
        "nothing | '' | holds r=, s= and i="
      })
  void refusesAFirstChallengeWith(String name, String challenge, String told) {
    assertThatThrownBy(() -> say(exchange, challenge))
        .isInstanceOf(SaslException.class)
        .hasMessageContaining(told);
  }

  @Test
  void refusesALongChallenge() {
    String challenge = FIRST + ",x=" + "y".repeat(ScramExchange.MAX_CHALLENGE_BYTES);

    assertThatThrownBy(() -> say(exchange, challenge)).hasMessageContaining("4096 bytes");
  }

  @Test
  void refusesAThirdChallenge() throws Exception {
    say(exchange, FIRST);
    say(exchange, LAST);

    assertThatThrownBy(() -> say(exchange, LAST)).hasMessageContaining("this is the third");
  }

  @Test
  void takesExtensionsThatItMayPassOver() throws Exception {
    assertThat(say(exchange, FIRST + ",x=y,z=w")).contains(",p=");
  }

  @Test
  void escapesANameThatHasTheSigns() {
    SaslExchange odd = new Scram(ScramHash.SHA_256, "a=b,c", "x").start(NONCE);

    assertThat(text(odd.initialResponse().orElseThrow())).startsWith("n,,n=a=3Db=2Cc,r=");
  }

  @Test
  void takesAnotherNonceEachTime() {
    Sasl scram = Sasl.scramSha256("user", "pencil");

    assertThat(text(scram.start().initialResponse().orElseThrow()))
        .isNotEqualTo(text(scram.start().initialResponse().orElseThrow()));
  }

  @Test
  void computesWithAnEmptyPassword() throws Exception {
    SaslExchange empty = new Scram(ScramHash.SHA_1, "user", "").start(NONCE);

    assertThat(say(empty, FIRST)).contains(",p=");
  }

  private static String say(SaslExchange exchange, String challenge) throws SaslException {
    return text(exchange.respond(challenge.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
