package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.net.Acceptor;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.Wire;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Second connections against vsftpd, which takes a data connection with a resumed TLS session alone. */
@Tag("interop")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VsftpdTest {
  private static final int TRANSFERS = 20;

  private Vsftpd.Running server;

  @BeforeAll
  void start() throws IOException {
    server = Vsftpd.start();
  }

  @AfterAll
  void end() throws IOException {
    server.close();
  }

  /** As much of FTP (RFC 959, RFC 2428, RFC 4217) as moves files. */
  private static final class Ftp extends LineClient {
    private final Replies replies = Replies.of(this);
    private final boolean secure;

    Ftp(Endpoint endpoint, LineOptions options, boolean secure) {
      super(endpoint, options);
      this.secure = secure;
    }

    @Override
    protected void greet() throws IOException {
      replies.expect(220);
      if (secure) {
        ask("AUTH TLS", 234);
        startTls();
        ask("PBSZ 0", 200);
        ask("PROT P", 200);
      }
      ask("USER anonymous", 230, 331);
      ask("TYPE I", 200);
    }

    String protocol() throws IOException {
      return wire().tlsSession().orElseThrow().getProtocol();
    }

    private Reply ask(String command, int... codes) throws IOException {
      writeLine(command);
      return replies.expect(codes);
    }

    private Wire passive() throws IOException {
      String text = ask("EPSV", 229).text();
      int end = text.lastIndexOf('|');
      return companion(Integer.parseInt(text.substring(text.lastIndexOf('|', end - 1) + 1, end)));
    }

    private void begin(Wire data, String command) throws IOException {
      ask(command, 150, 125);
      if (secure) {
        data.startTls();
      }
    }

    byte[] retrieve(String file) throws IOException {
      return exchange(() -> {
        byte[] content;
        try (Wire data = passive()) {
          begin(data, "RETR " + file);
          content = data.input().readToEnd(1 << 20, Deadline.NEVER, Activity.READING);
        }
        replies.expect(226);
        return content;
      });
    }

    void store(String file, byte[] content) throws IOException {
      exchange(() -> {
        try (Wire data = passive()) {
          begin(data, "STOR " + file);
          send(data, content);
        }
        return replies.expect(226);
      });
    }

    void storeActively(String file, byte[] content) throws IOException {
      exchange(() -> {
        try (Acceptor acceptor = listen()) {
          int port = acceptor.address().getPort();
          ask("EPRT |1|127.0.0.1|" + port + "|", 200);
          ask("STOR " + file, 150);
          try (Wire data = acceptor.accept()) {
            if (secure) {
              data.startTls();
            }
            send(data, content);
          }
        }
        return replies.expect(226);
      });
    }

    /** Reads to the end, for the tickets with which the next connection resumes the session. */
    private static void send(Wire data, byte[] content) throws IOException {
      data.output().write(content);
      data.output().shutdown();
      assertThat(data.input().read()).isEqualTo(-1);
    }
  }

  private Ftp ftp(boolean secure) {
    Tls tls = Tls.builder().trust(server.certificate().certificate()).build();
    LineOptions options =
        LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
    return new Ftp(server.endpoint(), options, secure);
  }

  private void moveFiles(boolean secure) throws IOException {
    try (Ftp ftp = ftp(secure)) {
      for (int i = 0; i < TRANSFERS; i++) {
        byte[] content = Vsftpd.content(i);
        String name = "files/" + secure + i;

        ftp.store(name, content);

        assertThat(server.file(secure + "" + i)).isEqualTo(content);
        assertThat(ftp.retrieve(name)).as("transfer %s", i).isEqualTo(content);
      }
    }
  }

  @Test
  void movesFilesOverPlainDataConnections() throws IOException {
    moveFiles(false);
  }

  @Test
  void resumesTheTlsSessionForEachDataConnection() throws IOException {
    moveFiles(true);
  }

  @Test
  void isCalledBack() throws IOException {
    for (boolean secure : new boolean[] {false, true}) {
      try (Ftp ftp = ftp(secure)) {
        for (int i = 0; i < 3; i++) {
          String name = "active" + secure + i;

          ftp.storeActively("files/" + name, Vsftpd.content(i));

          assertThat(server.file(name)).isEqualTo(Vsftpd.content(i));
        }
      }
    }
  }

  @Test
  void speaksTls13() throws IOException {
    try (Ftp ftp = ftp(true)) {
      ftp.connect();

      assertThat(ftp.protocol()).isEqualTo("TLSv1.3");
    }
  }
}
