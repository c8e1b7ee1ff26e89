package dev.wireline.http;

import dev.wireline.internal.StackRoom;
import dev.wireline.url.HttpUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The credentials of an agent by origin: first those it was given, then those of a netrc file. Thread-safe. */
final class Guards {
  static final int MAX_FOUND = 64;

  private final Map<String, Guarded> given;
  private final @Nullable Netrc netrc;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Guarded> found = new LinkedHashMap<>();

  Guards(Map<String, Guarded> given, @Nullable Netrc netrc) {
    this.given = Map.copyOf(given);
    this.netrc = netrc;
  }

  /**
   * The credentials for a URL, or null.
   *
   * @param led whether a redirect has led here from another origin, which must not choose where the {@code
   *     default} login goes
   */
  @Nullable
  Guarded at(HttpUrl url, boolean led) {
    Guarded own = given.get(url.origin());
    Credentials login = own != null || netrc == null ? null : netrc.login(url, !led);
    return login == null ? own : found(url.origin(), login);
  }

  private Guarded found(String origin, Credentials login) {
    StackRoom.lock(lock);
    try {
      Guarded known = found.get(origin);
      Guarded guard = known == null ? Guarded.origin(login) : known;
      Realms.put(found, origin, guard, MAX_FOUND);
      return guard;
    } finally {
      lock.unlock();
    }
  }
}
