package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** The failures of FTP. */
final class FtpFailures {
  private static final String GREETING =
      "S: 220 hello\nC: FEAT\nS: 502 no\nC: AUTH TLS\nS: 502 no\n";

  private FtpFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("An FTP server says no", FtpFailures::refused),
        new Failure("An FTP transfer was cut", FtpFailures::cut),
        new Failure("A password would leave in the clear", FtpFailures::clear));
  }

  private static void refused() throws IOException {
    String script = GREETING + "C: CWD /none\nS: 550 Failed to change directory.\n";
    try (var server = ScriptedServer.play(script);
        var files = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      files.changeDirectory("/none");
    }
  }

  private static void cut() throws IOException {
    try (PeerServer data = PeerServer.start(peer -> peer.write("hel"))) {
      String script = GREETING + "C: TYPE I\nS: 200 ok\nC: EPSV\nS: 229 (|||" + data.port()
          + "|)\nC: RETR a.iso\nS: 150 go\nS: 426 Failure writing network stream.\n";
      try (var server = ScriptedServer.play(script);
          var files = new FtpClient(server.endpoint(), FtpOptions.standard())) {
        files.retrieve("a.iso").bytes();
      }
    }
  }

  private static void clear() throws IOException {
    Dialer dialer = Dialer.builder()
        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
    FtpOptions options =
        FtpOptions.builder().line(LineOptions.builder().dialer(dialer).build()).build();
    try (var server = ScriptedServer.play(GREETING)) {
      Endpoint named = Endpoint.tcp("files.example", server.endpoint().port());
      try (var files = new FtpClient(named, options)) {
        files.login("joe", "open sesame");
      }
    }
  }
}
