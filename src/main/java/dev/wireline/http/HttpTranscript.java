package dev.wireline.http;

import dev.wireline.error.WirelineException;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.RequestTarget;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.line.Transcript;
import dev.wireline.net.ProxyListener;
import dev.wireline.url.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records one request and its response in a transcript: the heads, with secrets masked, and the lengths of the
 * bodies. Immutable.
 */
final class HttpTranscript {
  static final HttpTranscript NONE = new HttpTranscript(null, null, Headers.empty());

  private static final String MASK = "***";

  /** Their values are URLs, whose queries, fragments and user info may hold secrets. */
  private static final List<String> LINKS =
      List.of("Location", "Content-Location", "Referer", "Refresh", "Link");

  private final @Nullable ProxyListener lines;
  private final @Nullable Transcript transcript;

  /** The fields of the request: a field that is secret there is secret in the response too. */
  private final Headers asked;

  private HttpTranscript(
      @Nullable ProxyListener lines, @Nullable Transcript transcript, Headers asked) {
    this.lines = lines;
    this.transcript = transcript;
    this.asked = asked;
  }

  /** For a request with these fields; records nothing if there is no transcript. */
  static HttpTranscript of(@Nullable Transcript transcript, Headers asked) {
    return transcript == null ? NONE : new HttpTranscript(transcript, transcript, asked);
  }

  /** Of what is said about a tunnel, which has heads alone. */
  static HttpTranscript ofTunnel(@Nullable ProxyListener lines) {
    return lines == null ? NONE : new HttpTranscript(lines, null, Headers.empty());
  }

  /** Records a request whose head is all that is in the writer. */
  void request(RequestWriter head) {
    if (lines != null) {
      request(new String(head.bytes(), 0, head.length(), StandardCharsets.US_ASCII));
    }
  }

  /** Records a request without a body. */
  void request(String text) {
    ProxyListener kept = lines;
    if (kept == null) {
      return;
    }
    int end = text.indexOf("\r\n");
    List<String> head = new ArrayList<>();
    head.add(requestLine(text.substring(0, end)));
    for (int at = end + 2; !text.startsWith("\r\n", at); at = end + 2) {
      end = text.indexOf("\r\n", at);
      int colon = text.indexOf(':', at);
      head.add(field(text.substring(at, colon), text.substring(colon + 2, end)));
    }
    kept.sent(head);
  }

  private static String requestLine(String line) {
    int target = line.indexOf(' ') + 1;
    int version = line.lastIndexOf(' ');
    return line.substring(0, target)
        + RequestTarget.withoutQuery(line.substring(target, version))
        + line.substring(version);
  }

  /** Records a body of which so many bytes were sent, and the trailers after it. */
  void requestBody(long count, boolean whole, Headers trailers) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.comment(
          whole ? "C: a body of " + count + " bytes" : "C: a body that was not sent to its end");
      kept.sent(fields(trailers));
    }
  }

  void response(ResponseHead head) {
    ProxyListener kept = lines;
    if (kept == null) {
      return;
    }
    String reason = head.reason();
    List<String> shown = new ArrayList<>();
    shown.add((head.isHttp10() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1)
        + " "
        + head.status()
        + (reason.isEmpty() ? "" : " " + reason));
    shown.addAll(fields(head.headers()));
    kept.received(shown);
  }

  /** Records a body of which so many bytes were read, and the trailers after it. */
  void responseBody(long count, boolean whole, Headers trailers) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.comment(
          whole
              ? "S: a body of " + count + " bytes"
              : "S: " + count + " bytes of a body, the rest was dropped");
      kept.received(fields(trailers));
    }
  }

  private List<String> fields(Headers headers) {
    List<String> shown = new ArrayList<>();
    headers.forEach((name, value) -> shown.add(field(name, value)));
    return shown;
  }

  private String field(String name, String value) {
    return name + ": " + (asked.isSecret(name) ? MASK : isLink(name) ? link(value) : value);
  }

  private static boolean isLink(String name) {
    for (String link : LINKS) {
      if (link.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static String link(String value) {
    boolean plain = value.indexOf('?') < 0 && value.indexOf('#') < 0 && value.indexOf('@') < 0;
    return plain ? value : Location.shown(value);
  }

  /** Attaches the last lines to a failure. */
  void failed(IOException failure) {
    if (transcript != null && failure instanceof WirelineException known) {
      transcript.attachTo(known);
    }
  }
}
