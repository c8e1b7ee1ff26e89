package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** FTP with vsftpd, which takes a data connection with a resumed TLS session alone. */
@Tag("interop")
@Timeout(120)
class VsftpdTest extends FtpServerCases {
  private static FtpServer server;

  @BeforeAll
  static void start() throws IOException {
    server = Vsftpd.start();
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
    // It runs as nobody, who cannot change the root.
    return files().toString();
  }

  /**
   * With TLS 1.2 it takes a session of the JDK for resumed only if the JVM runs with
   * {@code jdk.tls.client.enableSessionTicketExtension=false}.
   */
  @Override
  List<Over> ways() {
    return List.of(Over.PLAIN, Over.TLS_1_3);
  }

  @Override
  void login(FtpClient ftp) throws IOException {
    ftp.loginAnonymously();
  }
}
