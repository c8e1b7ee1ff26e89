package dev.wireline.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.grammar.Challenge;
import dev.wireline.http.grammar.ChallengeParser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7616 section 3.9 and of RFC 2069, and the spelling of each parameter. */
class DigestVectorsTest {
  private static final String REALM = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", ";
  private static final String NONCES = "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
      + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
  private static final String SHA_256 = "Digest " + REALM + "algorithm=SHA-256, " + NONCES;
  private static final String MD5 = "Digest " + REALM + "algorithm=MD5, " + NONCES;

  private final Credentials mufasa = Credentials.digest("Mufasa", "Circle of Life");
  private final Realms realms = new Realms(() -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

  @Test
  void answersTheExampleBySha256() throws Exception {
    assertThat(answer(mufasa, "/dir/index.html", MD5, SHA_256))
        .isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
            + " uri=\"/dir/index.html\", algorithm=SHA-256,"
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
            + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
            + " response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
  }

  @Test
  void answersTheExampleByMd5WhereThereIsNoBetter() throws Exception {
    assertThat(parameters(answer(mufasa, "/dir/index.html", MD5)))
        .containsEntry("response", "8ca523f5e9506fed4657c9700eebdbec")
        .containsEntry("algorithm", "MD5");
  }

  /** With the hashes of the erratum to section 3.9.2, which had cut off SHA-512. */
  @Test
  void answersTheExampleBySha512WithAHashedUser() throws Exception {
    Credentials doe = Credentials.digest("J\u00e4s\u00f8n Doe", "Secret, or not?");
    Realms known = new Realms(() -> "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");
    String asked = "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, "
        + "nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", "
        + "opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, ";

    Map<String, String> hashed =
        parameters(answer(doe, known, "/doe.json", asked + "userhash=true"));
    Map<String, String> plain =
        parameters(answer(doe, new Realms(), "/doe.json", asked + "userhash=false"));

    assertThat(hashed)
        .containsEntry(
            "username", "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b")
        .containsEntry(
            "response", "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5")
        .containsEntry("userhash", "true")
        .doesNotContainKey("username*");
    assertThat(plain)
        .containsEntry("username*", "UTF-8''J%C3%A4s%C3%B8n%20Doe")
        .doesNotContainKeys("username", "userhash");
  }

  /** The example of RFC 2069 section 2.4 with the response of its erratum. */
  @Test
  void answersAChallengeWithoutQopOnlyWhenThatWasAllowed() throws Exception {
    String asked = "Digest realm=\"testrealm@host.com\", "
        + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "
        + "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

    assertThat(tryAnswer(Credentials.digest("Mufasa", "CircleOfLife"), realms, "/", asked))
        .isNull();
    assertThat(answer(Credentials.legacyDigest("Mufasa", "CircleOfLife"), "/dir/index.html", asked))
        .isEqualTo("Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
            + " uri=\"/dir/index.html\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
            + " response=\"1949323746fe6a43ef61f9606e7febea\","
            + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
  }

  @Test
  void prefersACountedAnswerToALegacyOneHoweverItIsHashed() throws Exception {
    Credentials legacy = Credentials.legacyDigest("u", "p");

    String value = answer(
        legacy,
        "/",
        "Digest realm=r, nonce=n, algorithm=SHA-256",
        "Digest realm=r, nonce=n, qop=auth");

    assertThat(parameters(value)).containsEntry("qop", "auth");
  }

  /** Hashes that were worked out apart from this code, by the formulas of section 3.4. */
  @ParameterizedTest
  @CsvSource({
    "MD5-sess, c801a50b5edd238a83f8d1ed575df886, f56b80a19a2ab9529f6ab9874e08681a,"
        + " 7b94c98bb8662c916941a1c3b725c7a2",
    "SHA-256-SESS, 2e2256f02ffd11ff4d3e5ed21d7561ea0a88c932ce58187d7e81d3e19b916537,"
        + " d576c27f19d5c5844035b99e7d29133199b03570bc2f6fdcc4fec829e53fc5f2,"
        + " bba6448aed84e8cd335191d354a514346029a72bdc5a590415d7794ca46bf37b",
    "SHA-512-256-sess, e3c824f980adf88e9d89b03ceff388dad43f6510ee1f1957b29c7546708daaea,"
        + " 7f23e46343077f5f34c54c9719ed4e155e928be10bacf3bc5b0d76560b9d80f8,"
        + " ee9a03f6c440d0738f7a317c71ca9790b6348d5fd7dc13a58de69e4bc30393d3",
  })
  void makesTheKeyOfASessionOnce(String algorithm, String first, String second, String renewed)
      throws Exception {
    String asked = "Digest realm=r, nonce=n, qop=auth, algorithm=" + algorithm;
    int[] made = {0};
    Realms counting = new Realms(() -> "c" + ++made[0]);

    assertThat(parameters(answer(mufasa, counting, "/", asked)))
        .containsEntry("algorithm", algorithm)
        .containsEntry("cnonce", "c1")
        .containsEntry("response", first);

    Answer next = requireNonNull(mufasa.unasked(counting, "GET", "/"));
    assertThat(parameters(next.value()))
        .containsEntry("cnonce", "c1")
        .containsEntry("nc", "00000002")
        .containsEntry("response", second);

    next.confirm(List.of("nextnonce=\"n2\""));
    Answer last = requireNonNull(mufasa.unasked(counting, "GET", "/"));
    assertThat(parameters(last.value()))
        .containsEntry("nonce", "n2")
        .containsEntry("nc", "00000001")
        .containsEntry("response", renewed);
  }

  @Test
  void takesTheFirstOfEquallyStrongAlgorithms() throws Exception {
    String one = "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256";
    String other = "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-512-256";

    assertThat(parameters(answer(mufasa, "/", one, other))).containsEntry("algorithm", "SHA-256");
    assertThat(parameters(answer(mufasa, new Realms(), "/", other, one)))
        .containsEntry("algorithm", "SHA-512-256");
  }

  @Test
  void passesOverWhatItCannotAnswer() throws Exception {
    String unknown = "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-3";
    String bodies = "Digest realm=r, nonce=n, qop=\"auth-int\", algorithm=SHA-256";
    String foreign = "Digest realm=\"\u00e9\", nonce=n, qop=auth, algorithm=SHA-256";

    assertThat(parameters(answer(mufasa, "/", unknown, bodies, foreign, MD5)))
        .containsEntry("algorithm", "MD5");
    assertThat(tryAnswer(mufasa, realms, "/", unknown, bodies, foreign)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "\"auth\"", "\"auth-int,auth\"", "\"x , AUTH\"", "\",,auth,\""})
  void findsAuthInAListOfQop(String qop) throws Exception {
    assertThat(parameters(answer(mufasa, "/", "Digest realm=r, nonce=n, qop=" + qop)))
        .containsEntry("qop", "auth")
        .doesNotContainKey("algorithm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "auth-int", "\"auth auth-int\"", "\"authx\"", "\"xauth\""})
  void findsNoAuthWhereThereIsNone(String qop) throws Exception {
    String asked = "Digest realm=r, nonce=n, qop=" + qop;

    assertThat(tryAnswer(mufasa, realms, "/", asked)).isNull();
    assertThat(tryAnswer(Credentials.legacyDigest("u", "p"), realms, "/", asked))
        .isNull();
  }

  @Test
  void keepsSessionsOutOfLegacyAnswers() throws Exception {
    String asked = "Digest realm=r, nonce=n, algorithm=MD5-sess";

    assertThat(tryAnswer(Credentials.legacyDigest("u", "p"), realms, "/", asked))
        .isNull();
  }

  @Test
  void quotesWhatIsToBeQuotedAndEscapesIt() throws Exception {
    Credentials odd = Credentials.digest("a\"b\\c:d", "p");

    String value = answer(
        odd,
        "/x?q=\"y\\\"",
        "Digest realm=\"r\\\"\\\\\", nonce=n, opaque=\"o\\\"\", qop=\"auth\","
            + " algorithm=\"md5\", userhash=\"false\"");

    assertThat(value)
        .contains("username=\"a\\\"b\\\\c:d\"")
        .contains("realm=\"r\\\"\\\\\"")
        .contains("uri=\"/x?q=\\\"y\\\\\\\"\"")
        .contains("nonce=\"n\"")
        .contains("opaque=\"o\\\"\"")
        .contains(", algorithm=md5,")
        .contains(", qop=auth,")
        .contains(", nc=00000001,");
    assertThat(parameters(value)).containsEntry("username", "a\"b\\c:d");
  }

  @Test
  void sendsAnEmptyOpaqueBackToo() throws Exception {
    assertThat(answer(mufasa, "/", "Digest realm=r, nonce=n, qop=auth, opaque=\"\""))
        .endsWith(", opaque=\"\"");
  }

  private String answer(Credentials credentials, String target, String... asked) throws Exception {
    return answer(credentials, realms, target, asked);
  }

  private static String answer(
      Credentials credentials, Realms known, String target, String... asked) throws Exception {
    return requireNonNull(tryAnswer(credentials, known, target, asked)).value();
  }

  private static @Nullable Answer tryAnswer(
      Credentials credentials, Realms known, String target, String... asked) throws Exception {
    List<Challenge> challenges = ChallengeParser.challenges(List.of(asked));
    return credentials.answer(challenges, known, null, "GET", target);
  }

  private static Map<String, String> parameters(String value) throws Exception {
    List<Challenge> read = ChallengeParser.challenges(List.of(value));

    assertThat(read).hasSize(1);
    assertThat(read.get(0).scheme()).isEqualTo("Digest");
    return read.get(0).parameters();
  }
}
