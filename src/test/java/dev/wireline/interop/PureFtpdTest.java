package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** FTP with Pure-FTPd. */
@Tag("interop")
@Timeout(120)
class PureFtpdTest extends FtpServerCases {
  private static FtpServer server;

  @BeforeAll
  static void start() throws IOException {
    server = PureFtpd.start();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  @Override
  Endpoint endpoint(Over over) {
    return server.endpoint();
  }

  @Override
  X509Certificate certificate() {
    return server.certificate().certificate();
  }

  @Override
  Path files() {
    return server.folder().resolve("home/files");
  }

  @Override
  String path() {
    return files().toString();
  }

  @Override
  void login(FtpClient ftp) throws IOException {
    ftp.login("joe", "sesame");
  }

  /** It does not write a quote twice where a path stands in quotes. */
  @Override
  String folder() {
    return "a folder";
  }
}
