package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the body of a response ends, and whether another exchange may follow it on the connection
 * (RFC 9112, sections 6.3 and 9.3).
 *
 * <p><b>Strict:</b> a transfer coding other than a single {@code chunked} is refused, where section 6.3 would
 * read on to the end of the connection: this library decodes no other, and a body still encoded would be taken
 * for the content. {@code identity} alone changes nothing, and is read to that end unless there is a
 * Content-Length. A Transfer-Encoding in an HTTP/1.0 message is refused (section 6.1 calls its framing faulty).
 * <b>Lenient:</b> if there are both Transfer-Encoding and Content-Length the former wins, as section 6.3
 * allows, and the connection is not reused.
 *
 * @param kind how the end is found
 * @param length the number of bytes, with {@link Kind#LENGTH}; 0 otherwise
 * @param persistent whether the connection may be used again once the body was read to its end, as
 *     far as the response decides
 */
public record BodyFraming(Kind kind, long length, boolean persistent) {
  /** The ways to find the end of a body. */
  public enum Kind {
    /** There is no body. */
    NONE,
    /** It has a known length. */
    LENGTH,
    /** It is in chunked coding. */
    CHUNKED,
    /** It ends with the connection. */
    UNTIL_CLOSE,
    /** What follows is not HTTP: the connection is a tunnel. */
    TUNNEL
  }

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";

  /**
   * Judges a response, in the order of section 6.3.
   *
   * @param method the method of the request
   * @param head the head of the response
   * @return the framing
   * @throws MalformedException if the end of the body cannot be known
   */
  public static BodyFraming of(String method, ResponseHead head) throws MalformedException {
    return of(method, head, false);
  }

  /**
   * As the other.
   *
   * @param method the method of the request
   * @param head the head of the response
   * @param chunkedTwice whether {@code chunked} on several lines counts as one
   * @return the framing
   * @throws MalformedException if the end of the body cannot be known
   */
  public static BodyFraming of(String method, ResponseHead head, boolean chunkedTwice)
      throws MalformedException {
    Headers headers = head.headers();
    if (hasNoBody(method, head.status())) {
      return new BodyFraming(Kind.NONE, 0, persistsWithoutBody(head));
    }
    if (method.equals("CONNECT") && head.status() / 100 == 2) {
      return new BodyFraming(Kind.TUNNEL, 0, false);
    }
    if (headers.contains(TRANSFER_ENCODING)) {
      boolean chunked = isChunked(head, chunkedTwice);
      boolean one = !headers.contains(CONTENT_LENGTH);
      return chunked
          ? new BodyFraming(Kind.CHUNKED, 0, one && persists(head))
          : new BodyFraming(Kind.UNTIL_CLOSE, 0, false);
    }
    if (!headers.contains(CONTENT_LENGTH)) {
      return new BodyFraming(Kind.UNTIL_CLOSE, 0, false);
    }
    long one = headers.decimal(CONTENT_LENGTH);
    long length = one < 0 ? length(headers.all(CONTENT_LENGTH)) : one;
    return new BodyFraming(Kind.LENGTH, length, persists(head));
  }

  private static boolean hasNoBody(String method, int status) {
    return method.equals("HEAD") || status < 200 || status == 204 || status == 304;
  }

  /** What a response to HEAD and a 304 say about a body concerns one that is not sent. */
  private static boolean persistsWithoutBody(ResponseHead head) {
    Headers headers = head.headers();
    boolean coded = headers.contains(TRANSFER_ENCODING);
    if (head.status() == 101 || (coded && head.isHttp10())) {
      return false;
    }
    if (coded && headers.contains(CONTENT_LENGTH)) {
      return false;
    }
    // A 204 that announces bytes comes from a server that may well send them.
    boolean announces = coded || !headers.first(CONTENT_LENGTH).orElse("0").equals("0");
    return !(head.status() == 204 && announces) && persists(head);
  }

  private static boolean persists(ResponseHead head) {
    Headers headers = head.headers();
    // Proxies also say it in another field, which has no RFC.
    if (headers.hasToken("Connection", "close") || headers.hasToken("Proxy-Connection", "close")) {
      return false;
    }
    return !head.isHttp10() || headers.hasToken("Connection", "keep-alive");
  }

  /** False for identity, which changes nothing. */
  private static boolean isChunked(ResponseHead head, boolean twice) throws MalformedException {
    List<String> lines = head.headers().all(TRANSFER_ENCODING);
    if (head.isHttp10()) {
      throw broken("HTTP/1.0 has no Transfer-Encoding (RFC 9112, section 6.1)", lines);
    }
    List<String> codings =
        elements(lines).stream().filter(coding -> !coding.isEmpty()).toList();
    if (codings.size() == 1 && isNamed(codings.get(0), "identity")) {
      if (head.headers().contains(CONTENT_LENGTH)) {
        throw broken("identity goes without a Content-Length (RFC 9112, section 6.3)", lines);
      }
      return false;
    }
    boolean chunked =
        !codings.isEmpty() && codings.stream().allMatch(coding -> isNamed(coding, "chunked"));
    boolean once = codings.size() == 1 || (twice && codings.size() == lines.size());
    if (!chunked || !once) {
      throw broken("the transfer coding is chunked, once (RFC 9112, section 6.3)", lines);
    }
    return true;
  }

  // Not by equalsIgnoreCase: it takes the Kelvin sign for a k.
  private static boolean isNamed(String coding, String name) {
    byte[] bytes = coding.getBytes(StandardCharsets.UTF_8);
    return Ascii.equalsIgnoreCase(bytes, 0, bytes.length, name);
  }

  private static long length(List<String> lines) throws MalformedException {
    long length = -1;
    for (String element : elements(lines)) {
      long one = Ascii.decimal(element, Long.MAX_VALUE);
      if (one < 0 || (length >= 0 && one != length)) {
        throw broken("a Content-Length is one number of bytes (RFC 9112, section 6.3)", lines);
      }
      length = one;
    }
    return length;
  }

  /** All elements of the comma list formed by all lines, including empty ones. */
  private static List<String> elements(List<String> lines) {
    if (lines.size() == 1 && lines.get(0).indexOf(',') < 0) {
      return lines;
    }
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      int from = 0;
      for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
        elements.add(withoutBlanks(line, from, comma));
        from = comma + 1;
      }
      elements.add(withoutBlanks(line, from, line.length()));
    }
    return elements;
  }

  // String.strip drops all that Unicode calls white space: "5" and an em space would pass.
  private static String withoutBlanks(String line, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static MalformedException broken(String rule, List<String> lines) {
    return new MalformedException(rule, Quoted.text(String.join(", ", lines)));
  }
}
