package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Attempt;
import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.MultipartForm;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that an agent sends to a web server. */
interface UploadCases extends WebServed {
  String BYTES = "application/octet-stream";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void sendsAStreamInChunks(boolean secure) throws Exception {
    byte[] content = WebServer.large();
    String place = "/stored/chunks";
    String url = secure ? server().secureUrl(place) : server().url(place);
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse stored =
          agent.send(HttpRequest.put(url).body(Body.of(new ByteArrayInputStream(content), BYTES)));

      assertThat(stored.status()).isIn(201, 204);
      assertThat(stored.header("X-Length").orElse("")).isEmpty();
      assertThat(agent.get(url).bytes()).isEqualTo(content);
      assertThat(agent.send(HttpRequest.delete(url)).status()).isEqualTo(204);
    }
  }

  @Test
  default void sendsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("large.bin"), WebServer.large());
    String url = server().url("/stored/file");
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse stored = agent.send(HttpRequest.put(url).body(Body.of(file, BYTES)));

      assertThat(stored.header("X-Length")).contains("" + WebServer.LARGE_BYTES);
      assertThat(agent.get(url).bytes()).isEqualTo(WebServer.large());
    }
  }

  @Test
  default void sendsAFormWithAFile(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("large.bin"), WebServer.large());
    Body form = MultipartForm.empty()
        .part("name", "J\u00fcrgen")
        .file("file", file, BYTES)
        .body();
    String boundary = form.contentType().substring(form.contentType().indexOf('=') + 1);
    String url = server().url("/stored/form");
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse stored = agent.send(HttpRequest.put(url).body(form));

      assertThat(stored.header("X-Length")).contains("" + form.length());
      String sent = new String(agent.get(url).bytes(), ISO_8859_1);
      String[] parts = sent.split("(\r\n)?--" + boundary + "(--)?\r\n", -1);
      assertThat(parts).hasSize(4);
      assertThat(new String(parts[1].getBytes(ISO_8859_1), UTF_8))
          .isEqualTo("Content-Disposition: form-data; name=\"name\"\r\n\r\nJ\u00fcrgen");
      assertThat(parts[2]).startsWith("Content-Disposition: form-data; name=\"file\"; filename=");
      assertThat(parts[2]).endsWith("\r\n\r\n" + new String(WebServer.large(), ISO_8859_1));
    }
  }

  @Test
  default void waitsForLeaveToSendALargeBody() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Body body = counted(opened);
    String url = server().url("/stored/expected");
    try (HttpAgent agent = server().agent().build()) {
      for (int i = 1; i <= 2; i++) {
        HttpResponse stored =
            agent.send(HttpRequest.put(url).header("Expect", "100-continue").body(body));

        assertThat(stored.status()).isEqualTo(i == 1 ? 201 : 204);
        assertThat(opened).hasValue(i);
        assertThat(stored.attempts()).extracting(Attempt::isReused).containsExactly(i > 1);
      }
      assertThat(agent.get(url).bytes()).isEqualTo(WebServer.large());
    }
  }

  @Test
  default void doesNotSendALargeBodyThatIsRefusedBefore() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    HttpRequest post = HttpRequest.post(server().url("/small"))
        .header("Expect", "100-continue")
        .body(counted(opened));
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse refused = agent.send(post);

      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.text()).contains("413");
      assertThat(opened).hasValue(0);
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void readsWhyALargeBodyIsRefusedMeanwhile(boolean secure) throws Exception {
    String url = secure ? server().secureUrl("/small") : server().url("/small");
    try (HttpAgent agent = server().agent().build()) {
      for (int i = 0; i < 5; i++) {
        HttpResponse refused = agent.send(HttpRequest.post(url).body(counted(new AtomicInteger())));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).contains("413");
        assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
      }
    }
  }

  private static Body counted(AtomicInteger opened) {
    return Body.of(
        () -> {
          opened.incrementAndGet();
          return new ByteArrayInputStream(WebServer.large());
        },
        WebServer.LARGE_BYTES,
        BYTES);
  }
}
