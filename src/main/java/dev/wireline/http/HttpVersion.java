package dev.wireline.http;

/** A version of HTTP with text messages (RFC 9112, section 2.3). */
public enum HttpVersion {
  /** HTTP/1.0: one exchange per connection unless both sides ask for more; no chunked coding. */
  HTTP_1_0("HTTP/1.0"),

  /** HTTP/1.1. */
  HTTP_1_1("HTTP/1.1");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /**
   * The version as it appears in a message.
   *
   * @return {@code HTTP/1.0} or {@code HTTP/1.1}
   */
  @Override
  public String toString() {
    return text;
  }
}
