package dev.wireline.http.cache;

import dev.wireline.header.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** How old a response is, and how long it may be used (RFC 9111, section 4.2). In seconds. Immutable. */
final class Freshness {
  /** The longest guessed lifetime, for a document that changed long ago. */
  static final Duration MAX_HEURISTIC = Duration.ofDays(1);

  /** The guessed lifetime is the age of the document divided by this. */
  static final int HEURISTIC_DIVISOR = 10;

  /** The statuses that are stored, since their meaning is known. */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 421, 451, 501);

  /** Those of them whose lifetime may be guessed (RFC 9110, section 15.1). */
  private static final Set<Integer> HEURISTIC =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  private final StoredResponse stored;
  private final Directives said;
  private final long age;
  private final long lifetime;

  Freshness(StoredResponse stored, Instant now) {
    this.stored = stored;
    this.said = Directives.of(stored.headers());
    this.age = age(now);
    this.lifetime = lifetime();
  }

  static boolean isUnderstood(int status) {
    return UNDERSTOOD.contains(status);
  }

  /** Section 4.2.3. */
  private long age(Instant now) {
    Instant received = stored.received();
    long apparent = seconds(date(), received);
    String told = stored.headers().elements("Age").stream().findFirst().orElse("");
    long corrected = Directives.number(told) + seconds(stored.requested(), received);
    return Math.max(apparent, corrected) + seconds(received, now);
  }

  private Instant date() {
    return stored.headers().date("Date").orElse(stored.received());
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }

  /** Sections 4.2.1 and 4.2.2. */
  private long lifetime() {
    Headers headers = stored.headers();
    OptionalLong maxAge = said.seconds("max-age");
    if (maxAge.isPresent()) {
      return maxAge.getAsLong();
    }
    if (headers.contains("Expires")) {
      return headers.date("Expires").map(end -> seconds(date(), end)).orElse(0L);
    }
    Optional<Instant> modified = headers.date("Last-Modified");
    return modified.isPresent() && HEURISTIC.contains(stored.status())
        ? Math.min(seconds(modified.get(), date()) / HEURISTIC_DIVISOR, MAX_HEURISTIC.toSeconds())
        : 0;
  }

  long age() {
    return age;
  }

  /** Whether it is worth storing: fresh for a while, or can be revalidated, or can replace an error. */
  boolean isWorthStoring() {
    Headers headers = stored.headers();
    return lifetime > age
        || headers.contains("ETag")
        || headers.date("Last-Modified").isPresent()
        || said.has("stale-if-error");
  }

  /** Whether a request can be answered without asking the server (sections 4 and 5.2.1). */
  boolean serves(Directives asked) {
    if (asked.has("no-cache") || said.has("no-cache")) {
      return false;
    }
    OptionalLong maxAge = asked.seconds("max-age");
    if (maxAge.isPresent() && age > maxAge.getAsLong()) {
      return false;
    }
    long left = lifetime - age;
    if (left > 0) {
      return left >= asked.seconds("min-fresh").orElse(0);
    }
    return asked.has("max-stale")
        && !mustBeConfirmed()
        && (asked.isBare("max-stale") || -left <= asked.seconds("max-stale").orElse(0));
  }

  /** Whether it may replace an answer that failed (RFC 5861, section 4). */
  boolean servesInsteadOfAnError(Directives asked) {
    long late = age - lifetime;
    return !asked.has("no-cache")
        && !mustBeConfirmed()
        && (allows(said, late) || allows(asked, late));
  }

  private static boolean allows(Directives directives, long late) {
    OptionalLong allowed = directives.seconds("stale-if-error");
    return allowed.isPresent() && late <= allowed.getAsLong();
  }

  private boolean mustBeConfirmed() {
    return said.has("must-revalidate") || said.has("no-cache");
  }
}
