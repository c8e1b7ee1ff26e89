package dev.wireline.http;

import dev.wireline.internal.StackRoom;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A nonce of a server, and the count of its uses (RFC 7616 section 3.4). Thread-safe. */
final class DigestSession {
  /** What eight hexadecimal digits hold. */
  private static final long MAX_USES = 0xFFFF_FFFFL;

  private final DigestChallenge challenge;
  private final Supplier<String> cnonces;
  private final ReentrantLock lock = new ReentrantLock();
  private String nonce;
  private long uses;
  private @Nullable String sessionCnonce;

  DigestSession(DigestChallenge challenge, Supplier<String> cnonces) {
    this.challenge = challenge;
    this.cnonces = cnonces;
    this.nonce = challenge.nonce();
  }

  /** Whether a challenge continues with the same nonce, whose count must then not restart. */
  boolean isOf(DigestChallenge other) {
    StackRoom.lock(lock);
    try {
      return nonce.equals(other.nonce()) && challenge.hasTermsOf(other);
    } finally {
      lock.unlock();
    }
  }

  /** One use of the nonce; null if it has been used as often as can be counted. */
  @Nullable
  DigestTurn next() {
    String cnonce = cnonces.get();
    StackRoom.lock(lock);
    try {
      if (uses == MAX_USES) {
        return null;
      }
      uses++;
      if (challenge.isSession()) {
        // The key of a session is derived from the first of them, so all answers carry that one.
        cnonce = sessionCnonce == null ? cnonce : sessionCnonce;
        sessionCnonce = cnonce;
      }
      return new DigestTurn(
          this, challenge, nonce, String.format(Locale.ROOT, "%08x", uses), cnonce);
    } finally {
      lock.unlock();
    }
  }

  /** The server gave another nonce for what comes next (RFC 7616 section 3.5). */
  void renew(String nextNonce) {
    StackRoom.lock(lock);
    try {
      if (!nonce.equals(nextNonce)) {
        nonce = nextNonce;
        uses = 0;
      }
    } finally {
      lock.unlock();
    }
  }
}
