package dev.wireline.http;

/**
 * A fault in the framing of responses that some servers are known for, and that is refused unless it is
 * allowed by name in the {@link HttpOptions.Builder#allow options}. A proxy or filter on the way may see
 * other messages in the same bytes: allow one for the servers that need it, and for no others.
 */
public enum Leniency {
  /** Blanks between a field name and its colon, {@code Name : value} (RFC 9112, section 5.1). */
  BLANK_BEFORE_COLON,
  /**
   * {@code Transfer-Encoding: chunked} on two lines or more, of a body that is in chunks once (RFC 9112,
   * section 6.3).
   */
  CHUNKED_TWICE,
  /**
   * The status line {@code ICY 200 OK} of old audio servers, which is taken for that of HTTP/1.0 (RFC 9112,
   * section 4).
   */
  ICY_STATUS_LINE
}
