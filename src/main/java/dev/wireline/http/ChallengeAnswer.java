package dev.wireline.http;

import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What answers the challenges of one server or proxy with credentials of your own (RFC 9110 section 11.4).
 * Called by any thread that sends a request, and by several at once.
 */
@NotFrozen
@FunctionalInterface
public interface ChallengeAnswer {
  /**
   * Answers a challenge. Where a server offers several, each is handed in, in its order, until one is
   * answered. A request is sent three times at the most.
   *
   * @param scheme the scheme as the server spelt it, such as {@code Bearer}; its case does not matter
   * @param parameters the parameters by names in lower case, without quotes; the one value of a scheme that
   *     has no parameters is under the empty name
   * @param refused whether this very request already carried a value, which the server did not let in
   * @return the value of the Authorization field, such as {@code Bearer 5f2a}: a secret; empty to leave the
   *     challenge, and when all are left, the refusal to the caller
   * @throws IOException if the value could not be had; the call fails with it
   */
  Optional<String> answer(String scheme, Map<String, String> parameters, boolean refused)
      throws IOException;
}
