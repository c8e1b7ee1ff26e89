package dev.wireline.http;

import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the challenges of one server or proxy with your own credentials (RFC 9110 section 11.4). It is called
 * by any thread that sends a request, and by several at once.
 */
@NotFrozen
@FunctionalInterface
public interface ChallengeAnswer {
  /**
   * Answers a challenge. If a server offers several, each is passed in, in order, until one is answered. A
   * request is sent at most three times.
   *
   * @param scheme the scheme as the server spelled it, such as {@code Bearer}; its case does not matter
   * @param parameters the parameters by lower-case name, without quotes; the single value of a scheme without
   *     parameters has an empty name
   * @param refused whether this very request already carried a value, which the server refused
   * @return the value of the Authorization field, such as {@code Bearer 5f2a}: a secret; empty not to answer
   *     this challenge; if none is answered, the caller gets the refusal
   * @throws IOException if the value could not be obtained; the call fails with it
   */
  Optional<String> answer(String scheme, Map<String, String> parameters, boolean refused)
      throws IOException;
}
