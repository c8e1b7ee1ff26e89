package dev.wireline.testing;

/**
 * A request that a {@link RawServer} has received in full.
 *
 * <p>Immutable.
 */
public final class RawRequest {

  private final int connection;
  private final byte[] bytes;
  private final int headBytes;
  private final byte[] body;

  RawRequest(int connection, byte[] bytes, int headBytes, byte[] body) {
    this.connection = connection;
    this.bytes = bytes;
    this.headBytes = headBytes;
    this.body = body;
  }

  /**
   * The number of the connection that it came on.
   *
   * @return 1 for the first that the server accepted
   */
  public int connection() {
    return connection;
  }

  /**
   * The head as it came, in ISO-8859-1.
   *
   * @return all lines with their ends, including the empty one
   */
  public String head() {
    return Latin1.text(bytes).substring(0, headBytes);
  }

  /**
   * The body, without the framing of chunks and without trailers.
   *
   * @return a new array, empty if there is no body
   */
  public byte[] body() {
    return body.clone();
  }

  /**
   * The body as text in ISO-8859-1, one character per byte.
   *
   * @return the text, empty if there is no body
   */
  public String bodyText() {
    return Latin1.text(body);
  }

  /**
   * The whole request as it came: the head, and the body with its framing.
   *
   * @return a new array
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The first line of the head.
   *
   * @return such as {@code connection 1: GET / HTTP/1.1}
   */
  @Override
  public String toString() {
    return "connection " + connection + ": "
        + Escaped.text(head().lines().findFirst().orElse(""));
  }
}
