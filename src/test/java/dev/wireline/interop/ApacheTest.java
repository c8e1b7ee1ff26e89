package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Body;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApacheTest extends WebServerCases {
  @Override
  WebServer start() throws IOException {
    return Apache.start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page.txt", "*"})
  void saysWhatItAllows(String target) throws Exception {
    try (HttpClient client = new HttpClient(server().ports().plain())) {
      HttpResponse options = client.send(HttpRequest.options(target));

      assertThat(options.status()).isEqualTo(200);
      assertThat(options.bytes()).isEmpty();
      assertThat(client.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8192, 1_000_000})
  void echoesABodyThroughAScript(int length) throws Exception {
    byte[] content = new byte[length];
    Body body = Body.of(content, "application/octet-stream");
    try (HttpClient client = new HttpClient(server().ports().plain())) {
      HttpResponse echo = client.send(HttpRequest.post("/echo").body(body));

      assertThat(echo.bytes()).isEqualTo(content);
    }
  }

  @Test
  void saysContinueBeforeItAnswers() throws Exception {
    try (HttpClient client = new HttpClient(server().ports().plain())) {
      HttpResponse echo = client.send(HttpRequest.post("/echo")
          .header("Expect", "100-continue")
          .body(Body.of("go on", "text/plain")));

      assertThat(echo.status()).isEqualTo(200);
      assertThat(echo.text()).isEqualTo("go on");
    }
  }
}
