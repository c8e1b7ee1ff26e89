package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Path;

/** An FTP server and the certificate that it shows. */
record FtpServer(RealServer server, PemCertificate certificate) implements AutoCloseable {
  Endpoint endpoint() {
    return server.endpoint();
  }

  Path folder() {
    return server.folder();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
