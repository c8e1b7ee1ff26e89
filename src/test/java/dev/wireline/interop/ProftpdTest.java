package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import dev.wireline.line.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * FTP with ProFTPD. Over TLS 1.3 it sends no session ticket on the data connection of an upload: where it demands a
 * resumed session there is none for the next one.
 */
@Tag("interop")
@Timeout(120)
class ProftpdTest extends FtpServerCases {
  @Override
  FtpServer start() throws IOException {
    return Proftpd.start();
  }

  @Override
  Endpoint endpoint(Over over) {
    return over == Over.TLS_1_3 ? server().server().secondEndpoint() : server().endpoint();
  }

  /** Over TLS it takes a data connection that was cut for a fault of TLS, and may hang up on the client. */
  @Override
  List<Over> waysToStop() {
    return List.of(Over.PLAIN);
  }

  @Test
  void resumesTls13SessionsOfManyDownloads() throws IOException {
    byte[] content = new byte[100_000];
    Files.write(files().resolve("again"), content);
    try (FtpClient ftp = client(server().endpoint(), options(Over.TLS_1_3).build())) {
      for (int i = 0; i < 20; i++) {
        assertThat(ftp.retrieve("again").bytes()).as("transfer %s", i).isEqualTo(content);
      }
      ftp.store("last", Content.of(content));

      assertThat(ftp.size("last")).isEqualTo(content.length);
      assertThat(Files.readString(server().folder().resolve("tls.log")))
          .contains("TLSv1.3 data connection accepted")
          .contains("resumed session");
    }
  }
}
