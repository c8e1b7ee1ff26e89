package dev.wireline.http;

import dev.wireline.internal.StackRoom;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one server or proxy has said about its protection spaces (RFC 9110 section 11.5): which paths they
 * cover, and their nonces.
 *
 * <p>Its owner keeps one for each origin and credentials, and never uses it for another. The only secrets it
 * holds are those that the caller's own code computed for a realm. A server may name as many realms and paths
 * as it likes; the oldest are forgotten, at the cost of being asked again.
 *
 * <p>Thread-safe.
 */
final class Realms {
  static final int MAX_REALMS = 16;
  static final int MAX_PLACES = 64;

  private static final int CNONCE_BYTES = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> realmsByPlace = new LinkedHashMap<>();
  private final Map<String, DigestSession> sessions = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Supplier<String> cnonces;

  Realms() {
    this(Realms::randomCnonce);
  }

  /** For tests that choose the client's nonces. */
  Realms(Supplier<String> cnonces) {
    this.cnonces = cnonces;
  }

  private static String randomCnonce() {
    byte[] bytes = new byte[CNONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Records that a realm asked for credentials: it covers the folder of the target and everything below it. */
  void asked(String realm, String target) {
    StackRoom.lock(lock);
    try {
      put(realmsByPlace, folder(target), realm, MAX_PLACES);
    } finally {
      lock.unlock();
    }
  }

  /** Records a field value that is good for the whole space of a realm. */
  void answered(String realm, String value, String target) {
    StackRoom.lock(lock);
    try {
      put(realmsByPlace, folder(target), realm, MAX_PLACES);
      put(values, realm, value, MAX_REALMS);
    } finally {
      lock.unlock();
    }
  }

  /** The field value of the space that a target is in, or null. */
  @Nullable
  String value(String target) {
    return inSpace(values, target);
  }

  /** The session of a challenge: a new one, unless the nonce is known and its count goes on. */
  DigestSession open(DigestChallenge challenge, String target) {
    StackRoom.lock(lock);
    try {
      String realm = challenge.realm();
      for (String path : challenge.paths()) {
        put(realmsByPlace, isPath(target) ? path : "", realm, MAX_PLACES);
      }
      if (realmOf(target) == null) {
        put(realmsByPlace, folder(target), realm, MAX_PLACES);
      }
      DigestSession known = sessions.get(realm);
      if (known != null && known.isOf(challenge)) {
        return known;
      }
      DigestSession session = new DigestSession(challenge, cnonces);
      put(sessions, realm, session, MAX_REALMS);
      return session;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a target is in a known protection space. */
  boolean covers(String target) {
    StackRoom.lock(lock);
    try {
      return realmOf(target) != null;
    } finally {
      lock.unlock();
    }
  }

  /** The session of the space that a target is in, or null. */
  @Nullable
  DigestSession session(String target) {
    return inSpace(sessions, target);
  }

  private <V> @Nullable V inSpace(Map<String, V> byRealm, String target) {
    StackRoom.lock(lock);
    try {
      String realm = realmOf(target);
      return realm == null ? null : byRealm.get(realm);
    } finally {
      lock.unlock();
    }
  }

  /** Records that the credentials were refused: they are not sent until they are asked for again. */
  void forget() {
    StackRoom.lock(lock);
    try {
      realmsByPlace.clear();
      sessions.clear();
      values.clear();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String realmOf(String target) {
    String path = path(target);
    String deepest = null;
    for (String place : realmsByPlace.keySet()) {
      if (path.startsWith(place) && (deepest == null || place.length() > deepest.length())) {
        deepest = place;
      }
    }
    return deepest == null ? null : realmsByPlace.get(deepest);
  }

  /** Puts what was used last at the end; past a limit, drops the first. */
  static <V> void put(Map<String, V> map, String key, V value, int max) {
    map.remove(key);
    map.put(key, value);
    if (map.size() > max) {
      Iterator<String> oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** A target that is not a path goes to a proxy, which is a single space. */
  private static boolean isPath(String target) {
    return target.startsWith("/");
  }

  private static String folder(String target) {
    String path = path(target);
    return isPath(target) ? path.substring(0, path.lastIndexOf('/') + 1) : "";
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
