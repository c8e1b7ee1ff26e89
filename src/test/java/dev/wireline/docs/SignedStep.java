package dev.wireline.docs;

// docs: http-signed-step
import dev.wireline.http.Body;
import dev.wireline.http.Chain;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs each request by AWS Signature Version 4. A connection step. Immutable. */
public final class SignedStep implements Step {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private final String keyId;
  private final String secret;
  private final String region;
  private final String service;
  private final InstantSource clock;

  /** A step for one service in one region, such as {@code us-east-1} and {@code s3}. */
  public SignedStep(
      String keyId, String secret, String region, String service, InstantSource clock) {
    this.keyId = keyId;
    this.secret = secret;
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    String stamp = STAMP.format(clock.instant());
    HttpRequest dated =
        request.replacingHeader("Host", host(chain.url())).replacingHeader("X-Amz-Date", stamp);
    try {
      return chain.proceed(
          dated.secretHeader("Authorization", authorization(dated, chain.url(), stamp)));
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM does not know SHA-256", e);
    }
  }

  /** Host, and the port if it is not the one of the scheme. */
  private static String host(HttpUrl url) {
    String origin = url.origin();
    return origin.substring(origin.indexOf("//") + 2);
  }

  private String authorization(HttpRequest request, HttpUrl url, String stamp)
      throws GeneralSecurityException, IOException {
    Map<String, String> fields = new TreeMap<>();
    for (String name : request.headers().names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("host") || lower.equals("content-type") || lower.startsWith("x-amz-")) {
        fields.put(lower, String.join(",", request.headers().all(name)));
      }
    }
    request.body().ifPresent(body -> fields.putIfAbsent("content-type", body.contentType()));
    String names = String.join(";", fields.keySet());
    String lines = fields.entrySet().stream()
        .map(field -> field.getKey() + ":" + field.getValue() + "\n")
        .collect(Collectors.joining());
    String canonical = String.join(
        "\n", request.method(), url.path(), query(url), lines, names, hash(request.body()));
    List<String> parts = List.of(stamp.substring(0, 8), region, service, "aws4_request");
    String scope = String.join("/", parts);
    String signed = String.join("\n", ALGORITHM, stamp, scope, hex(sha256(utf8(canonical))));
    byte[] key = utf8("AWS4" + secret);
    for (String part : parts) {
      key = mac(key, part);
    }
    return ALGORITHM + " Credential=" + keyId + "/" + scope + ", SignedHeaders=" + names
        + ", Signature=" + hex(mac(key, signed));
  }

  /** The parameters in order, each with its equals sign. */
  private static String query(HttpUrl url) {
    String query = url.query().orElse("");
    return query.isEmpty()
        ? ""
        : Stream.of(query.split("&"))
            .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String hash(Optional<Body> body) throws GeneralSecurityException, IOException {
    if (body.isEmpty()) {
      return hex(sha256(new byte[0]));
    }
    try (InputStream bytes = body.get().content().open()) {
      return hex(sha256(bytes.readAllBytes()));
    }
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
// end: http-signed-step
