package dev.wireline.fetch;

import java.io.IOException;

/** Opens the URLs of one scheme. It is used by several threads if its opener is. */
public interface UrlScheme {
  /**
   * Opens a URL.
   *
   * @param url the URL as the caller wrote it: whoever implements this looks at each character
   * @return what is there, which owns what has to be closed
   * @throws IllegalArgumentException if it is not a URL of that scheme
   * @throws NotFoundException if nothing is there
   * @throws IOException if it cannot be opened; nothing is left open
   */
  Fetched open(String url) throws IOException;
}
