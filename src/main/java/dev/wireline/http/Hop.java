package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.url.HttpUrl;

/**
 * One request on a way of redirects, as far as the rules look at it. Immutable.
 *
 * @param method the method
 * @param url where it goes
 * @param headers the fields of the caller, without those that later steps add
 * @param content whether it has a body
 */
record Hop(String method, HttpUrl url, Headers headers, Content content) {
  /** What stands behind the head of a request. */
  enum Content {
    /** No body. */
    NONE,
    /** A body that can be sent again. */
    REPEATABLE,
    /** A body that can be sent once: a stream. */
    ONCE
  }

  /** Whether another hop asks for the same: the fragment is not asked for. */
  boolean asksForTheSame(Hop other) {
    return method.equals(other.method)
        && url.sameOrigin(other.url)
        && url.target().equals(other.url.target());
  }
}
