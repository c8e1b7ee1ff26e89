package dev.wireline.http;

/**
 * A fault in the framing of responses that some servers are known for. It is refused unless you {@linkplain
 * HttpOptions.Builder#allow allow} it. A proxy or filter on the way may see different messages in the same
 * bytes, so allow a fault only for the servers that need it.
 */
public enum Leniency {
  /** Spaces between a field name and its colon, {@code Name : value} (RFC 9112, section 5.1). */
  BLANK_BEFORE_COLON,
  /**
   * {@code Transfer-Encoding: chunked} on two or more lines, for a body that is chunked once (RFC 9112, section
   * 6.3).
   */
  CHUNKED_TWICE,
  /**
   * The status line {@code ICY 200 OK} of old audio servers, which is treated as HTTP/1.0 (RFC 9112, section
   * 4).
   */
  ICY_STATUS_LINE
}
