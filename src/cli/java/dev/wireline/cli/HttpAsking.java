package dev.wireline.cli;

import dev.wireline.http.Body;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.MultipartForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a request of HTTP. */
final class HttpAsking {
  static final String BASIC = "basic";

  private static final int MAX_KEPT_BYTES = 1024 * 1024;

  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "The method; GET unless set, POST with a body.")
  @Nullable
  String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "A field of the request.")
  List<String> fields = new ArrayList<>();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "NAME=VALUE",
      description = "A field of a web form; @FILE or @- (standard input) is a body as it is.")
  List<String> data = new ArrayList<>();

  @Option(
      names = {"-F", "--form"},
      paramLabel = "NAME=VALUE",
      description = "A part of a multipart form; NAME=@FILE is a file.")
  List<String> form = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "JSON",
      description = "A body in JSON; @FILE and @- read it.")
  @Nullable
  String json;

  @Option(
      names = "--cookies",
      paramLabel = "FILE",
      description = "Send the cookies of a cookies.txt, and write those that come into it.")
  @Nullable
  Path cookies;

  @Option(
      names = "--auth",
      paramLabel = "SCHEME",
      description = "How --user logs in: basic, digest or bearer; basic unless set.")
  String auth = BASIC;

  @Option(names = "--netrc", paramLabel = "FILE", description = "Log in as this file says.")
  @Nullable
  Path netrc;

  @Option(names = "--no-follow", description = "Take a redirect for the answer.")
  boolean stays;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Try so often again where the server is busy or the connection fails.")
  int retries;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "The longest time until an answer begins; 5 m unless set.")
  @Nullable
  Duration timeout;

  /** Whether something is asked for that HTTP alone has. */
  boolean isUsed() {
    return method != null
        || json != null
        || cookies != null
        || netrc != null
        || timeout != null
        || stays
        || retries > 0
        || !auth.equals(BASIC)
        || !fields.isEmpty()
        || !data.isEmpty()
        || !form.isEmpty();
  }

  HttpRequest request(String url, boolean head, InputStream in) throws IOException {
    Body body = body(in);
    String usual = head ? "HEAD" : body == null ? "GET" : "POST";
    HttpRequest request = HttpRequest.of(method == null ? usual : method, url);
    for (String field : fields) {
      request = with(request, field);
    }
    return body == null ? request : request.body(body);
  }

  /** A key in a custom field is as secret as one in Authorization. */
  private static HttpRequest with(HttpRequest request, String field) {
    int colon = field.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a field is 'Name: value', not \"" + field + "\"");
    }
    String name = field.substring(0, colon).strip();
    String value = field.substring(colon + 1).strip();
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secret = lower.contains("key") || lower.contains("token") || lower.contains("secret");
    return secret ? request.secretHeader(name, value) : request.header(name, value);
  }

  private @Nullable Body body(InputStream in) throws IOException {
    int kinds = (json == null ? 0 : 1) + (data.isEmpty() ? 0 : 1) + (form.isEmpty() ? 0 : 1);
    if (kinds > 1) {
      throw new IllegalArgumentException("a request has one body: --data, --form or --json");
    }
    if (json != null) {
      return content(json, "application/json", in);
    }
    return form.isEmpty() ? data(in) : multipart();
  }

  private @Nullable Body data(InputStream in) throws IOException {
    if (data.size() == 1 && data.get(0).startsWith("@")) {
      return content(data.get(0), "application/octet-stream", in);
    }
    List<String> parts = new ArrayList<>();
    for (String field : data) {
      int equals = equalsIn(field);
      parts.add(field.substring(0, equals));
      parts.add(field.substring(equals + 1));
    }
    return parts.isEmpty() ? null : Body.form(parts.toArray(String[]::new));
  }

  private Body multipart() throws IOException {
    MultipartForm parts = MultipartForm.empty();
    for (String part : form) {
      int equals = equalsIn(part);
      String name = part.substring(0, equals);
      String value = part.substring(equals + 1);
      parts = value.startsWith("@")
          ? parts.file(name, Path.of(value.substring(1)), "application/octet-stream")
          : parts.part(name, value);
    }
    return parts.body();
  }

  private static int equalsIn(String field) {
    int equals = field.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("a field of a form is NAME=VALUE, not \"" + field
          + "\"; --json and --data @FILE send a body as it is");
    }
    return equals;
  }

  private static Body content(String text, String type, InputStream in) throws IOException {
    if (!text.startsWith("@")) {
      return Body.of(text.getBytes(StandardCharsets.UTF_8), type);
    }
    return text.equals("@-") ? input(in, type) : Body.of(Path.of(text.substring(1)), type);
  }

  /** What is short is kept, to be sent again after a redirect or a challenge; of what is long each byte goes once. */
  private static Body input(InputStream in, String type) throws IOException {
    byte[] begun = in.readNBytes(MAX_KEPT_BYTES + 1);
    return begun.length <= MAX_KEPT_BYTES
        ? Body.of(begun, type)
        : Body.of(new SequenceInputStream(new ByteArrayInputStream(begun), in), type);
  }
}
