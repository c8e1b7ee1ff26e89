package dev.wireline.http;

/** What the rules make of a response: no redirect, one to follow, or one that is refused and why. */
sealed interface Redirect {
  /** The response is the answer: it is not a redirect, or redirects are not followed at all. */
  record None() implements Redirect {
    static final None NONE = new None();
  }

  /**
   * Another request must be sent.
   *
   * @param next the request; its URL has no user info, and it has no body if the next request must have none
   */
  record Follow(Hop next) implements Redirect {}

  /**
   * The redirect is not followed.
   *
   * @param reason the kind of the rule
   * @param rule the rule, with its RFC section where it has one
   * @param excerpt what broke it, quoted; it contains no secret
   */
  record Refused(Reason reason, String rule, String excerpt) implements Redirect {}

  /** Why a redirect is not followed. */
  enum Reason {
    /** The Location is not an http or https URL, or there are several. */
    LOCATION,
    /** It leads from https to http. */
    DOWNGRADE,
    /** The body would have to be sent again and cannot be. */
    BODY,
    /** The same request comes up again and again. */
    LOOP,
    /** There were too many redirects. */
    LIMIT
  }
}
