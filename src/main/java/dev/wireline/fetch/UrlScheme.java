package dev.wireline.fetch;

import java.io.IOException;

/** Opens the URLs of one scheme. Used by several threads at once if its opener is. */
public interface UrlScheme {
  /**
   * Opens a URL.
   *
   * @param url the URL as the caller wrote it: implementations must check each character
   * @return the resource, which owns whatever must be closed
   * @throws IllegalArgumentException if it is not a URL of that scheme
   * @throws NotFoundException if the resource does not exist
   * @throws IOException if it cannot be opened; nothing is left open
   */
  Fetched open(String url) throws IOException;
}
