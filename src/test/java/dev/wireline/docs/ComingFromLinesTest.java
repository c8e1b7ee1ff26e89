package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpException;
import dev.wireline.ftp.MinaServer;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.Search;
import dev.wireline.line.LineClient;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.smtp.MailMessage;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/coming-from on sockets, files and mail. */
@Timeout(60)
class ComingFromLinesTest {
  @RegisterExtension
  final Printed printed = new Printed();

  private final String password = "open sesame";

  @TempDir
  Path folder;

  @Test
  void storesAFile() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path report = Files.writeString(folder.resolve("report.csv"), "a,b\n");
    try (MinaServer mina = MinaServer.start(home)) {
      String server = mina.endpoint().toString();

      // docs: commons-net-ftp
      try (var files = new FtpClient(server)) {
        files.login("joe", password);
        files.upload(report, "/report.csv");
        files.list("/").forEach(entry -> System.out.println(entry.name()));
        files.changeDirectory("/archive");
        files.quit();
      } catch (FtpException no) {
        System.out.println(no.code());
      }
      // end: commons-net-ftp
    }

    assertThat(printed.lines()).containsExactly("report.csv", "550");
  }

  @Test
  void sendsAMail() throws Exception {
    Path report = Files.writeString(folder.resolve("report.csv"), "a,b\n");
    List<String> heard = new CopyOnWriteArrayList<>();
    try (var peer = PeerServer.start(connection -> takeMail(connection, heard))) {
      String server = peer.endpoint().toString();

      // docs: angus-send
      MailMessage message = MailMessage.builder()
          .from("Joe", "joe@example.org")
          .to("Ann", "ann@example.net")
          .subject("The report")
          .text("Here it is.\n")
          .attach(report, "text/csv")
          .build();
      try (var mail = new SmtpClient(server)) { // such as "mail.example:587"
        mail.login("joe", password);
        mail.send(message).orThrow();
        mail.quit();
      }
      // end: angus-send
    }
    assertThat(heard).contains("RCPT TO:<ann@example.net>", "Subject: The report", "Here it is.");
  }

  private static void takeMail(PeerConnection connection, List<String> heard) throws IOException {
    connection.write("220 mail.test\r\n");
    boolean text = false;
    for (String line = connection.readLine(); line != null; line = connection.readLine()) {
      heard.add(line);
      text = text ? !line.equals(".") : line.equals("DATA");
      if (line.equals("DATA")) {
        connection.write("354 go on\r\n");
      } else if (line.startsWith("EHLO")) {
        connection.write("250-mail.test\r\n250 AUTH PLAIN\r\n");
      } else if (line.startsWith("AUTH")) {
        connection.write("235 welcome\r\n");
      } else if (line.equals("QUIT")) {
        connection.write("221 bye\r\n");
      } else if (!text) {
        connection.write("250 ok\r\n");
      }
    }
  }

  @Test
  void listsUnreadMail() throws IOException {
    String script = """
        S: * OK [CAPABILITY IMAP4rev1] hello
        C: A1 LOGIN "joe" "open sesame"
        S: A1 OK [CAPABILITY IMAP4rev1 IDLE] in
        C: A2 EXAMINE "INBOX"
        S: * 2 EXISTS
        S: A2 OK [READ-ONLY]
        C: A3 UID SEARCH UNSEEN
        S: * SEARCH 7
        S: A3 OK
        C: A4 UID FETCH 7 (UID ENVELOPE)
        S: * 2 FETCH (UID 7 ENVELOPE (NIL "news" NIL NIL NIL NIL NIL NIL NIL NIL))
        S: A4 OK
        C: A5 LOGOUT
        S: * BYE
        S: A5 OK
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();

      // docs: angus-read
      try (var mail = new ImapClient(server)) { // such as "imaps://mail.example"
        mail.login("joe", password);
        mail.examine("INBOX");
        for (var each : mail.fetch(mail.search(Search.all().key("UNSEEN")), "ENVELOPE")) {
          System.out.println(each.envelope().orElseThrow().subject());
        }
        mail.quit();
      }
      // end: angus-read

      scripted.verify();
    }
    assertThat(printed.lines()).containsExactly("news");
  }

  @Test
  void speaksInLinesWithoutAReaderAndAWriter() throws IOException {
    try (var scripted = ScriptedServer.play("S: 220 ready\nC: HELO here\nS: 250 hello")) {
      String server = scripted.endpoint().toString();

      // docs: socket-lines
      try (var client = new LineClient(server)) { // such as "localhost:2525"
        System.out.println(client.readLine());
        client.writeLine("HELO here");
        System.out.println(client.readLine());
      }
      // end: socket-lines

      scripted.verify();
    }
    assertThat(printed.lines()).containsExactly("220 ready", "250 hello");
  }

  @Test
  void movesBytesWithoutLoops() throws IOException {
    try (var server = EchoServer.start()) {
      Endpoint endpoint = server.endpoint();

      // docs: socket-bytes
      Dialer dialer = Dialer.builder()
          .connectTimeout(Duration.ofSeconds(3))
          .silenceTimeout(Duration.ofSeconds(10)) // SO_TIMEOUT, for writing too
          .build();
      try (Wire wire = dialer.dial(endpoint)) { // such as Endpoint.parse("tls://example.org:4433")
        wire.output().write("\0\0\0\5hello".getBytes(StandardCharsets.US_ASCII));
        int length = new DataInputStream(wire.input()).readInt();
        byte[] frame = wire.input().read(length); // all of it, or an exception
        System.out.println(new String(frame, StandardCharsets.US_ASCII));
      }
      // end: socket-bytes
    }
    assertThat(printed.lines()).containsExactly("hello");
  }

  @Test
  void hearsPushesBetweenAnswers() throws Exception {
    List<String> news = new ArrayList<>();
    try (var server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("!tide 3\r\n!tide 4\r\n=calm\r\n!tide 5\r\n");
          connection.hold();
        });
        var weather = new Weather(server.endpoint().toString(), news::add)) {
      // docs: pushes-use
      System.out.println(weather.ask("WIND"));
      weather.listen(Duration.ofSeconds(30));
      // end: pushes-use
    }
    assertThat(printed.lines()).containsExactly("calm");
    assertThat(news).containsExactly("tide 3", "tide 4", "tide 5");
  }
}
