package dev.wireline.interop;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What agents have to get from any web server, whatever its make. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebAgentCases
    implements RedirectCases, DocumentCases, CookieCases, BasicCases, UploadCases, CrowdCases {
  private WebServer server;

  abstract WebServer start() throws IOException;

  @BeforeAll
  void startServer() throws IOException {
    server = start();
  }

  @AfterAll
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public WebServer server() {
    return server;
  }
}
