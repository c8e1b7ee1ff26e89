package dev.wireline.nntp;

import dev.wireline.error.PeerProtocolException;

/**
 * Checks that an answer about a range lists each article once, in order (RFC 3977, section 8.3.1), and so comes
 * to an end. Not thread-safe.
 */
final class Ascending {
  private final NntpClient client;
  private final ArticleRange range;
  private long last;

  Ascending(NntpClient client, ArticleRange range) {
    this.client = client;
    this.range = range;
    this.last = range.first() - 1;
  }

  void check(long number, String line) throws PeerProtocolException {
    if (number <= last || number > range.last()) {
      throw client.broken("the articles of " + range + " come in the order of their numbers", line);
    }
    last = number;
  }
}
