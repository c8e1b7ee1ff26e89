package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.header.Headers;
import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.MultipartForm;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/forms.md. */
@Timeout(60)
class HttpGuideFormsTest {
  @TempDir
  Path folder;

  private Path photo() throws IOException {
    return Files.writeString(folder.resolve("harbour.png"), "picture");
  }

  @Test
  void sendsAForm() throws IOException {
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-form
      Body note = Body.form("user", "ann", "note", "tide & wind");
      agent.send(HttpRequest.post(url).body(note)).discard();
      // end: http-form

      assertThat(server.requests().get(0).bodyText()).isEqualTo("user=ann&note=tide+%26+wind");
      assertThat(Answers.fields(server, "Content-Type"))
          .containsExactly("application/x-www-form-urlencoded");
    }
  }

  @Test
  void sendsAFormWithAFile() throws IOException {
    Path photo = photo();
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-multipart
      Body form = MultipartForm.empty()
          .part("title", "Harbour")
          .part("place", Body.of("{\"lat\":54.3}", "application/json"))
          .file("photo", photo, "image/png")
          .body();
      agent.send(HttpRequest.post(url).body(form)).discard();
      // end: http-multipart

      String body = server.requests().get(0).bodyText();
      assertThat(body)
          .contains("name=\"title\"\r\n\r\nHarbour\r\n")
          .contains("name=\"place\"\r\nContent-Type: application/json\r\n\r\n{\"lat\":54.3}\r\n")
          .contains(
              "name=\"photo\"; filename=\"harbour.png\"\r\nContent-Type: image/png\r\n\r\npicture");
      assertThat(Answers.fields(server, "Content-Length"))
          .containsExactly(String.valueOf(body.length()));
      assertThat(form.isRepeatable()).isTrue();
    }
  }

  @Test
  void sendsAFile() throws IOException {
    Path file = photo();
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-upload
      agent.send(HttpRequest.put(url).body(Body.of(file, "image/png"))).discard();
      // end: http-upload

      assertThat(server.requests().get(0).bodyText()).isEqualTo("picture");
      HttpRequest missing = HttpRequest.put(url).body(Body.of(folder.resolve("none"), "image/png"));
      assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> agent.send(missing));
    }
  }

  @Test
  void sendsStreams() throws IOException {
    Path file = photo();
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);
      InputStream stream = new ByteArrayInputStream("once".getBytes(StandardCharsets.US_ASCII));

      // docs: http-streams
      Body once = Body.of(stream, "text/plain");
      Body again = Body.of(() -> Files.newInputStream(file), "image/png");
      Body known = Body.of(() -> Files.newInputStream(file), Files.size(file), "image/png");
      // end: http-streams

      for (Body body : new Body[] {once, again, known}) {
        agent.send(HttpRequest.put(url).body(body)).discard();
      }
      assertThat(server.requests())
          .extracting(request -> request.bodyText())
          .containsExactly("once", "picture", "picture");
      assertThat(Answers.fields(server, "Transfer-Encoding"))
          .containsExactly("chunked", "chunked", "");
      assertThat(Answers.fields(server, "Content-Length")).containsExactly("", "", "7");
      assertThat(once.isRepeatable()).isFalse();
      assertThat(again.isRepeatable()).isTrue();
    }
  }

  @Test
  void handsARedirectOnWhereTheBodyIsGone() throws IOException {
    try (var server = RawServer.answering(Answers.redirect(307, "/there"));
        var agent = HttpAgent.create()) {
      InputStream stream = new ByteArrayInputStream(new byte[3]);
      HttpRequest request =
          HttpRequest.put(Answers.origin(server)).body(Body.of(stream, "image/png"));

      assertThat(agent.send(request).status()).isEqualTo(307);
    }
  }

  @Test
  void breaksTheConnectionWhereALengthIsWrong() throws IOException {
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      Body shorter = Body.of(() -> new ByteArrayInputStream(new byte[20_000]), 30_000, "image/png");

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> agent.send(HttpRequest.put(Answers.origin(server)).body(shorter)));

      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void sendsADigestBehindABody() throws IOException, NoSuchAlgorithmException {
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);
      InputStream stream = new ByteArrayInputStream("once".getBytes(StandardCharsets.US_ASCII));

      // docs: http-trailers
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      Body backup = Body.of(new DigestInputStream(stream, sha256), "application/octet-stream")
          .withTrailers(() -> Headers.of(
              "Repr-Digest",
              "sha-256=:" + Base64.getEncoder().encodeToString(sha256.digest()) + ":"));
      agent
          .send(HttpRequest.put(url).header("Trailer", "Repr-Digest").body(backup))
          .discard();
      // end: http-trailers

      String expected = Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256")
              .digest("once".getBytes(StandardCharsets.US_ASCII)));
      assertThat(new String(server.requests().get(0).bytes(), StandardCharsets.ISO_8859_1))
          .endsWith("0\r\nRepr-Digest: sha-256=:" + expected + ":\r\n\r\n");
    }
  }
}
