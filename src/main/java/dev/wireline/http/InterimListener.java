package dev.wireline.http;

import dev.wireline.header.Headers;

/**
 * Told of interim responses (RFC 9110, section 15.2), such as 103 with its early hints (RFC 8297).
 *
 * <p>A 101 is not among them: if it was asked for, it is the final response.
 */
@FunctionalInterface
public interface InterimListener {
  /**
   * Called for an interim response, in the thread that makes the call and before anything else is read. A
   * RuntimeException that it throws is logged and changes nothing else; an Error ends the call, and the
   * connection is closed.
   *
   * @param status 100 to 199, but not 101
   * @param headers its header fields, which are not part of the final response
   */
  void interim(int status, Headers headers);
}
