package dev.wireline.interop;

import dev.wireline.ftp.FtpClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** FTP with vsftpd, which takes a data connection with a resumed TLS session alone. */
@Tag("interop")
@Timeout(120)
class VsftpdTest extends FtpServerCases {
  @Override
  FtpServer start() throws IOException {
    return Vsftpd.start();
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
