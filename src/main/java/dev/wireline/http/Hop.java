package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.url.HttpUrl;

/**
 * One request in a chain of redirects, as far as the rules look at it. Immutable.
 *
 * @param method the method
 * @param url where it goes
 * @param headers the caller's header fields, without those that later steps add
 * @param content whether it has a body
 */
record Hop(String method, HttpUrl url, Headers headers, Content content) {
  /** What follows the head of a request. */
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
