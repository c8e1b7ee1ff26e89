package dev.wireline.http;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.grammar.ContentRange;
import dev.wireline.http.grammar.Validator;
import dev.wireline.internal.PartFile;
import dev.wireline.internal.Quoted;
import dev.wireline.line.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A download that resumes where an earlier one of the same document stopped (RFC 9110, sections 13.1.5 and 14).
 * Bytes are put together only if the server says, by a strong validator, that they belong to one version, and
 * that they are consecutive.
 */
final class ResumedDownload {
  private static final String CONTENT_RANGE = "Content-Range";

  /** Sends a request. */
  @FunctionalInterface
  interface Sender {
    HttpResponse send(HttpRequest request) throws IOException;
  }

  private final Sender sender;
  private final HttpRequest request;
  private final PartFile part;
  private final @Nullable ProgressListener listener;

  /**
   * A download to that file.
   *
   * @throws IllegalArgumentException if the request is not a GET of a URL or has a Range, or the path has no
   *     name
   */
  ResumedDownload(
      Sender sender, HttpRequest request, Path file, @Nullable ProgressListener listener)
      throws IOException {
    if (!request.method().equals("GET")
        || request.headers().contains("Range")
        || request.headers().contains("If-Range")) {
      throw new IllegalArgumentException(
          "a download that goes on later is a GET without Range: " + request);
    }
    this.sender = sender;
    this.request = request.headers().contains("Accept-Encoding")
        ? request
        : request.header("Accept-Encoding", "identity");
    this.part = PartFile.of(file, request.method() + " " + Chain.checkUrl(request));
    this.listener = listener;
  }

  /** Runs it, once. */
  void run() throws IOException {
    try (part) {
      while (!isDone(part.size())) {
        // The server sent a part of what it was asked for, or there was nothing to resume.
      }
      part.finish();
    }
  }

  private boolean isDone(long have) throws IOException {
    try (HttpResponse response = sender.send(asked(have))) {
      if (response.status() == 206) {
        return isContinued(response, have);
      }
      if (response.status() == 416 && have > 0) {
        return isEnd(response, have);
      }
      begin(response.requireSuccess());
      return true;
    }
  }

  private HttpRequest asked(long have) {
    return have == 0
        ? request
        : request.header("Range", "bytes=" + have + "-").header("If-Range", part.validator());
  }

  private boolean isContinued(HttpResponse response, long have) throws IOException {
    Optional<ContentRange> found = range(response);
    if (have == 0) {
      throw wrong(response, "206 answers a request with Range alone (RFC 9110 section 15.3.7)");
    }
    if (found.isEmpty() || !follows(found.get(), have) || !isOfThatVersion(response)) {
      anew(response);
      return false;
    }
    ContentRange range = found.get();
    part.whole(range.total());
    copy(response, have, have + range.length());
    if (part.size() != have + range.length()) {
      part.forget();
      throw wrong(response, "a part has as many bytes as its range (RFC 9110 section 14.4)");
    }
    return part.isWhole();
  }

  /** Empty where there are several that differ. */
  private static Optional<ContentRange> range(HttpResponse response) {
    List<String> all = response.headers().all(CONTENT_RANGE).stream().distinct().toList();
    return all.size() == 1 ? ContentRange.parse(all.get(0)) : Optional.empty();
  }

  private boolean follows(ContentRange range, long have) {
    return range.first() == have && part.mayHave(range.total());
  }

  /**
   * A server that ignores If-Range may still name the version of what it sends, and one that compresses as it
   * likes has one tag for both forms.
   */
  private boolean isOfThatVersion(HttpResponse response) {
    if (isPacked(response)) {
      return false;
    }
    boolean byTag = part.validator().startsWith("\"");
    Optional<String> tag = response.header(byTag ? "ETag" : "Last-Modified");
    return tag.isEmpty() || tag.get().equals(part.validator());
  }

  private static boolean isPacked(HttpResponse response) {
    return response.headers().elements(Body.CONTENT_ENCODING).stream()
        .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
  }

  /** Nothing follows the bytes that are there: they are complete, or of another version. */
  private boolean isEnd(HttpResponse response, long have) throws IOException {
    Optional<ContentRange> range = range(response);
    boolean whole = range.isPresent()
        && range.get().first() < 0
        && range.get().total() == have
        && part.mayHave(have);
    if (!whole) {
      anew(response);
    }
    return whole;
  }

  private void anew(HttpResponse response) throws IOException {
    response.discard();
    part.forget();
  }

  private void begin(HttpResponse response) throws IOException {
    boolean plain = !response.isDecoded() && !isPacked(response);
    String validator = plain ? Validator.strong(response.headers()).orElse("") : "";
    long total = response.length();
    part.begin(validator, total);
    copy(response, 0, total);
  }

  private void copy(HttpResponse response, long have, long end) throws IOException {
    try (InputStream in = response.body()) {
      part.append(out -> Download.copy(in, out, have, end, listener));
    }
  }

  private PeerProtocolException wrong(HttpResponse response, String rule) {
    String excerpt = Quoted.text(response.header(CONTENT_RANGE).orElse(""));
    return new PeerProtocolException(response.endpoint(), BodyStream.BODY, rule, excerpt);
  }
}
