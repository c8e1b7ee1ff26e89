package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NginxTest extends WebServerCases {
  @Override
  WebServer start() throws IOException {
    return Nginx.start();
  }

  @Test
  void servesOverAUnixSocket() throws Exception {
    try (HttpClient client = new HttpClient(server().unix("nginx.sock"))) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/page.txt").text()).isEqualTo(WebServer.PAGE);
        assertThat(client.get("/chunked").text()).endsWith(WebServer.PAGE);
        assertThat(client.get("/large.bin").body().readAllBytes()).hasSize(WebServer.LARGE_BYTES);
      }
    }
  }

  @Test
  void refusesOptionsWithAPage() throws Exception {
    try (HttpClient client = new HttpClient(server().ports().plain())) {
      HttpResponse refused = client.send(HttpRequest.options("/page.txt"));

      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.text()).contains("405");
      assertThat(port(client.get("/page.txt"))).isEqualTo(port(refused));
    }
  }
}
