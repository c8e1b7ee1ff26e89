package dev.wireline.http;

import dev.wireline.header.Headers;

/**
 * Who hears of interim responses (RFC 9110, section 15.2), such as 103 with its early hints (RFC 8297).
 *
 * <p>A 101 is none: where it was asked for, it is the response.
 */
@FunctionalInterface
public interface InterimListener {
  /**
   * Hears of an interim response, in the thread that makes the call and before anything else is read.
   * A RuntimeException that it throws goes to the log and changes nothing else; an Error ends the call, and
   * the connection is closed.
   *
   * @param status 100 to 199, but not 101
   * @param headers its fields, which are no part of the final response
   */
  void interim(int status, Headers headers);
}
