package dev.wireline.fetch;

import dev.wireline.line.LineOptions;
import dev.wireline.url.PercentCoding;
import java.util.Base64;

/** data (RFC 2397): the data in the URL itself. Immutable. */
final class DataScheme implements UrlScheme {
  private static final String STANDARD_TYPE = "text/plain;charset=US-ASCII";
  private static final String BASE64 = ";base64";

  @Override
  public Fetched open(String url) {
    UrlOpener.checkCharacters(url);
    int hash = url.indexOf('#');
    int comma = url.indexOf(',');
    if (comma < 0 || (hash >= 0 && hash < comma)) {
      throw new IllegalArgumentException("a data URL has a comma before its data (RFC 2397)");
    }
    String head = url.substring("data:".length(), comma);
    byte[] bytes = PercentCoding.decode(url.substring(comma + 1, hash < 0 ? url.length() : hash));
    int end = head.length() - BASE64.length();
    boolean packed = end >= 0 && head.regionMatches(true, end, BASE64, 0, BASE64.length());
    String type = type(packed ? head.substring(0, end) : head);
    byte[] content = packed ? Base64.getDecoder().decode(bytes) : bytes;
    return UrlOpener.inMemory(
        url, type, content, UrlOpener.NOWHERE, LineOptions.standard(), () -> {});
  }

  private static String type(String written) {
    String type = UrlOpener.decoded("media type", written, "");
    return type.isEmpty() ? STANDARD_TYPE : type.startsWith(";") ? "text/plain" + type : type;
  }
}
