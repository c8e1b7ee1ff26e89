package dev.wireline.http;

import dev.wireline.http.grammar.Challenge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User and password, proved by a hash (RFC 7616). Immutable. */
final class DigestCredentials extends Credentials {
  private final String user;
  private final String password;
  private final boolean legacy;

  DigestCredentials(String user, String password, boolean legacy) {
    this.user = user;
    this.password = password;
    this.legacy = legacy;
  }

  @Override
  @Nullable
  Answer unasked(Realms realms, String method, String target) {
    DigestSession session = realms.session(target);
    return session == null ? null : answer(session, false, false, method, target);
  }

  @Override
  @Nullable
  Answer answer(
      List<Challenge> asked, Realms known, @Nullable Answer refused, String method, String target) {
    DigestChallenge best = DigestChallenge.strongest(asked, legacy);
    if (best == null) {
      return null;
    }
    if (refused != null && !mayTryAgain(refused, best)) {
      known.forget();
      return null;
    }
    boolean repeated = refused != null && refused.isAsked();
    return answer(known.open(best, target), true, repeated, method, target);
  }

  /**
   * An answer sent before a challenge may simply be old. One sent in reply to a challenge was wrong, unless the
   * server says that its nonce was stale, which it may say once: the same nonce twice, or a nonce that is stale
   * each time, would go on for ever.
   */
  private static boolean mayTryAgain(Answer refused, DigestChallenge next) {
    DigestTurn turn = refused.turn();
    if (turn == null) {
      return false;
    }
    boolean sameRealm = next.realm().equals(turn.challenge().realm());
    boolean sameNonce = sameRealm && next.nonce().equals(turn.nonce());
    return refused.isAsked()
        ? next.stale() && sameRealm && !sameNonce && !refused.isRepeated()
        : !sameNonce;
  }

  private @Nullable Answer answer(
      DigestSession session, boolean asked, boolean repeated, String method, String target) {
    DigestTurn turn = session.next();
    if (turn == null) {
      return null;
    }
    String value = turn.authorization(user, password, method, target);
    String confirmation = turn.confirmation(user, password, target);
    return new Answer(value, asked, repeated, turn, confirmation);
  }

  @Override
  String scheme() {
    return "Digest";
  }

  @Override
  Object secret() {
    return List.of(user, password, legacy);
  }
}
