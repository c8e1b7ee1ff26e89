package dev.wireline.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.http.grammar.Challenge;
import dev.wireline.http.grammar.ChallengeParser;
import dev.wireline.internal.MalformedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of nonces, counts and proofs from one request to the next. */
class DigestConversationTest {
  private static final String ASKED = "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256";
  private static final String PROOF =
      "3ef8fefee3778d27a83bb9ab8e110be016fe10ee1e6635506c1ba95971b36dfa";

  private final Credentials mufasa = Credentials.digest("Mufasa", "Circle of Life");
  private int made;
  private final Realms realms = new Realms(() -> "c" + ++made);

  @Test
  void sendsNothingBeforeItWasAsked() {
    assertThat(mufasa.unasked(realms, "GET", "/")).isNull();
  }

  @Test
  void countsTheUsesOfANonceInHexadecimal() throws Exception {
    Answer first = asked(null, ASKED);
    Answer last = first;
    for (int i = 0; i < 16; i++) {
      last = unasked("/any/where");
    }

    assertThat(first.value()).contains("nc=00000001, cnonce=\"c1\"");
    assertThat(last.value()).contains("nc=00000011, cnonce=\"c17\"");
    assertThat(last.isAsked()).isFalse();
  }

  @Test
  void goesOnCountingWhenTheSameNonceIsGivenAgain() throws Exception {
    asked(null, ASKED);

    assertThat(asked(null, ASKED).value()).contains("nc=00000002");
    assertThat(asked(null, "Digest realm=r, nonce=m, qop=auth").value()).contains("nc=00000001");
  }

  @Test
  void countsAnewWhenTheTermsOfTheNonceAreOthers() throws Exception {
    asked(null, ASKED);

    assertThat(asked(null, ASKED + ", opaque=\"o\"").value())
        .contains("nc=00000001")
        .contains("opaque=\"o\"");
  }

  @Test
  void triesAgainOnceWhenTheNonceWasStale() throws Exception {
    Answer first = asked(null, ASKED);
    Answer second = asked(first, "Digest realm=r, nonce=n2, qop=auth, stale=TRUE");

    assertThat(second.value()).contains("nonce=\"n2\"").contains("nc=00000001");
    assertThat(tryAsked(second, "Digest realm=r, nonce=n3, qop=auth, stale=true"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digest realm=r, nonce=n2, qop=auth",
        "Digest realm=r, nonce=n2, qop=auth, stale=false",
        "Digest realm=r, nonce=n2, qop=auth, stale=yes",
        "Digest realm=r, nonce=n, qop=auth, stale=true",
        "Digest realm=other, nonce=n2, qop=auth, stale=true",
        "Basic realm=r",
      })
  void givesUpWhenThePasswordWasWrong(String again) throws Exception {
    Answer first = asked(null, ASKED);

    assertThat(tryAsked(first, again)).isNull();
  }

  @Test
  void sendsNothingUnaskedAfterAPasswordWasWrong() throws Exception {
    Answer first = asked(null, ASKED);
    tryAsked(first, "Digest realm=r, nonce=n2, qop=auth");

    assertThat(mufasa.unasked(realms, "GET", "/")).isNull();
  }

  @Test
  void answersTheNextChallengeAfterAnAnswerThatNobodyHadAskedFor() throws Exception {
    asked(null, ASKED);
    Answer hopeful = unasked("/");
    Answer second = asked(hopeful, "Digest realm=r, nonce=n2, qop=auth");

    assertThat(second.value()).contains("nonce=\"n2\"");
    assertThat(asked(second, "Digest realm=r, nonce=n3, qop=auth, stale=true").value())
        .contains("nonce=\"n3\"");
  }

  @Test
  void answersAnotherRealmAfterAnAnswerThatNobodyHadAskedFor() throws Exception {
    asked(null, ASKED);
    Answer hopeful = unasked("/");

    assertThat(asked(hopeful, "Digest realm=s, nonce=n, qop=auth").value()).contains("realm=\"s\"");
  }

  @Test
  void givesUpWhenAnUnaskedAnswerIsRefusedWithItsOwnNonce() throws Exception {
    asked(null, ASKED);

    assertThat(tryAsked(unasked("/"), ASKED)).isNull();
  }

  @Test
  void takesTheNextNonceOfTheServer() throws Exception {
    asked(null, ASKED).confirm(List.of("nextnonce=\"n2\""));

    Answer next = unasked("/");
    next.confirm(List.of("nextnonce=\"n2\""));

    assertThat(next.value()).contains("nonce=\"n2\"").contains("nc=00000001");
    assertThat(unasked("/").value()).contains("nonce=\"n2\"").contains("nc=00000002");
  }

  @Test
  void acceptsTheProofOfAServerThatKnowsThePassword() throws Exception {
    Answer answer = asked(null, ASKED);

    answer.confirm(List.of("rspauth=\"" + PROOF + "\"", "cnonce=\"c1\", nc=00000001, qop=auth"));
    answer.confirm(
        List.of("rspauth=" + PROOF.toUpperCase(Locale.ROOT) + ", cnonce=c1, nc=00000001"));
    answer.confirm(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rspauth=\"\", cnonce=c1, nc=00000001, qop=auth",
        "rspauth=0, cnonce=c1, nc=00000001, qop=auth",
        "rspauth=" + PROOF,
        "rspauth=" + PROOF + ", nc=00000001, qop=auth",
        "rspauth=" + PROOF + ", cnonce=c1, qop=auth",
        "rspauth=" + PROOF + ", cnonce=c2, nc=00000001, qop=auth",
        "rspauth=" + PROOF + ", cnonce=c1, nc=00000002, qop=auth",
        "rspauth=" + PROOF + ", cnonce=c1, nc=00000001, qop=auth-int",
        "rspauth=" + PROOF + "0, cnonce=c1, nc=00000001, qop=auth",
        "rspauth=",
        "rspauth=a b",
      })
  void refusesAServerThatProvesNothing(String says) throws Exception {
    Answer answer = asked(null, ASKED);

    assertThatThrownBy(() -> answer.confirm(List.of(says, "nextnonce=evil")))
        .isInstanceOf(MalformedException.class);
    assertThat(unasked("/").value()).contains("nonce=\"n\"");
  }

  @Test
  void checksTheProofOfALegacyAnswerToo() throws Exception {
    Credentials legacy = Credentials.legacyDigest("Mufasa", "Circle of Life");
    List<Challenge> challenges = ChallengeParser.challenges(List.of("Digest realm=r, nonce=n"));
    Answer answer = requireNonNull(legacy.answer(challenges, realms, null, "GET", "/"));

    answer.confirm(List.of("rspauth=\"e8168c805e5c288554fb1ff6bb3580b3\""));
    assertThatThrownBy(() -> answer.confirm(List.of("rspauth=\"0\"")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void passesOverWhatItCannotReadOfAProof() throws Exception {
    Answer answer = asked(null, ASKED);

    answer.confirm(List.of("x=" + "y".repeat(20_000)));
    answer.confirm(List.of("nextnonce=\"\u00e9\""));
    answer.confirm(List.of("rspauth=\"0"));
    assertThat(unasked("/").value()).contains("nonce=\"n\"");
  }

  @Test
  void asksNoProofOfOtherSchemes() throws Exception {
    Answer.asked("Basic Og==").confirm(List.of("rspauth=0"));
  }

  @Test
  void coversTheWholeServerUnlessTheChallengeListsPaths() throws Exception {
    asked(null, ASKED);

    assertThat(unasked("/").value()).contains("realm=\"r\"");
    assertThat(unasked("/a/b?c").value()).contains("uri=\"/a/b?c\"");
  }

  @Test
  void coversTheListedPathsOfTheServerItself() throws Exception {
    String domain = ", domain=\"/a /b/c https://other.test/ //other.test/d  \"";
    List<Challenge> challenges = ChallengeParser.challenges(List.of(ASKED + domain));
    mufasa.answer(challenges, realms, null, "GET", "/a/x");

    assertThat(realms.covers("/a")).isTrue();
    assertThat(realms.covers("/ab?q")).isTrue();
    assertThat(realms.covers("/b/c/d")).isTrue();
    assertThat(realms.covers("/b")).isFalse();
    assertThat(realms.covers("/")).isFalse();
    assertThat(realms.covers("//other.test/d")).isFalse();
  }

  @Test
  void coversTheFolderWhereItAskedWhenTheListNamesOthersAlone() throws Exception {
    List<Challenge> challenges =
        ChallengeParser.challenges(List.of(ASKED + ", domain=\"https://other.test/\""));
    mufasa.answer(challenges, realms, null, "GET", "/a/x");

    assertThat(realms.covers("/a/y")).isTrue();
    assertThat(realms.covers("/b")).isFalse();
  }

  @Test
  void takesTheDeepestOfTheRealmsThatCoverAPath() throws Exception {
    asked(null, "Digest realm=outer, nonce=n, qop=auth, domain=\"/\"");
    asked(null, "Digest realm=inner, nonce=m, qop=auth, domain=\"/in/\"");

    assertThat(unasked("/out").value()).contains("realm=\"outer\"").contains("nonce=\"n\"");
    assertThat(unasked("/in/x").value()).contains("realm=\"inner\"").contains("nonce=\"m\"");
    assertThat(unasked("/in/x").value()).contains("nc=00000003");
    assertThat(unasked("/out").value()).contains("nc=00000003");
  }

  @Test
  void takesAProxyForOneSpace() throws Exception {
    List<Challenge> challenges = ChallengeParser.challenges(List.of(ASKED + ", domain=\"/x\""));
    Answer first =
        requireNonNull(mufasa.answer(challenges, realms, null, "CONNECT", "one.test:443"));
    Answer next = requireNonNull(mufasa.unasked(realms, "CONNECT", "two.test:443"));
    Answer plain = mufasa.unasked(realms, "GET", "http://three.test/");

    assertThat(first.value()).contains("uri=\"one.test:443\"");
    assertThat(next.value()).contains("uri=\"two.test:443\"").contains("nc=00000002");
    assertThat(plain).isNotNull();
  }

  @Test
  void knowsNothingOfAnotherServer() throws Exception {
    asked(null, ASKED);

    assertThat(mufasa.unasked(new Realms(() -> "c"), "GET", "/")).isNull();
  }

  @Test
  void forgetsTheOldestOfMoreRealmsThanItKeeps() throws Exception {
    for (int i = 0; i <= Realms.MAX_REALMS; i++) {
      asked(null, "Digest realm=r" + i + ", nonce=n, qop=auth, domain=\"/" + i + "/\"");
    }
    for (int i = 0; i < 10 * Realms.MAX_PLACES; i++) {
      realms.asked("b", "/place" + i + "/");
    }

    assertThat(mufasa.unasked(realms, "GET", "/0/")).isNull();
    assertThat(realms.covers("/place0/")).isFalse();
    assertThat(realms.covers("/place" + (10 * Realms.MAX_PLACES - 1) + "/")).isTrue();
  }

  @Test
  void makesANonceOfItsOwnEachTime() throws Exception {
    Realms random = new Realms();
    List<Challenge> challenges = ChallengeParser.challenges(List.of(ASKED));
    Answer one = requireNonNull(mufasa.answer(challenges, random, null, "GET", "/"));
    Answer other = requireNonNull(mufasa.unasked(random, "GET", "/"));

    assertThat(cnonce(one)).hasSize(32).isNotEqualTo(cnonce(other));
  }

  @Test
  void countsEachUseOnceFromManyThreads() throws Exception {
    Realms random = new Realms();
    mufasa.answer(ChallengeParser.challenges(List.of(ASKED)), random, null, "GET", "/");
    Set<String> counts = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      new Thread(() -> {
            for (int k = 0; k < 100; k++) {
              Answer answer = mufasa.unasked(random, "GET", "/");
              if (answer != null && answer.turn() != null) {
                counts.add(answer.turn().nc());
              }
            }
            done.countDown();
          })
          .start();
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(counts).hasSize(800);
  }

  private static String cnonce(Answer answer) {
    DigestTurn turn = answer.turn();
    return turn == null ? "" : turn.cnonce();
  }

  private Answer unasked(String target) {
    return requireNonNull(mufasa.unasked(realms, "GET", target));
  }

  private Answer asked(@Nullable Answer refused, String line) throws Exception {
    return requireNonNull(tryAsked(refused, line));
  }

  private @Nullable Answer tryAsked(@Nullable Answer refused, String line) throws Exception {
    List<Challenge> challenges = ChallengeParser.challenges(List.of(line));
    return mufasa.answer(challenges, realms, refused, "GET", "/");
  }
}
