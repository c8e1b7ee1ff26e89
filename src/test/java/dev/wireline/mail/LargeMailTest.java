package dev.wireline.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mails are larger than the memory of who sends and reads them, and mailboxes of 100,000 are listed in little. In the
 * profile {@code soak} a mail has 1 GiB, and a mebibyte more than the heap otherwise.
 */
@Timeout(600)
class LargeMailTest {
  private static final int HEAP_MIB = 24;
  private static final long MAIL_BYTES =
      System.getProperty("soak.seconds") == null ? (HEAP_MIB + 1L) << 20 : 1L << 30;
  private static final int MAILS = 100_000;
  private static final String ENVELOPE =
      "(\"Mon, 7 Feb 1994 21:52:25 -0800\" \"A subject of the usual length\" ((\"Fred Foobar\" NIL \"foobar\""
          + " \"Blurdybloop.example\")) NIL NIL ((NIL NIL \"mooch\" \"owatagu.example\")) NIL NIL NIL"
          + " \"<B27397-0100000@Blurdybloop.example>\")";

  @Test
  void aSmallHeapIsEnough() throws Exception {
    Map<LargeMail.Case, PeerServer> servers = new EnumMap<>(LargeMail.Case.class);
    try {
      for (LargeMail.Case what : LargeMail.Case.values()) {
        servers.put(what, PeerServer.start(peer -> serve(what, peer)));
      }

      assertThat(run(servers))
          .containsExactly(
              "SEND_DATA " + MAIL_BYTES,
              "SEND_CHUNKS " + MAIL_BYTES,
              "RETRIEVE " + MAIL_BYTES,
              "SECTION " + MAIL_BYTES,
              "POP3_LIST " + MAILS,
              "IMAP_LIST " + MAILS);
      assertThat(servers.values()).allMatch(server -> server.failure().isEmpty());
    } finally {
      servers.values().forEach(PeerServer::close);
    }
  }

  /** What the program says that has the small heap. */
  private static List<String> run(Map<LargeMail.Case, PeerServer> servers) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + HEAP_MIB + "m",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        LargeMail.class.getName(),
        Long.toString(MAIL_BYTES)));
    servers.forEach((what, server) -> command.addAll(List.of(what.name(), "" + server.port())));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.inputReader(UTF_8)) {
      List<String> said = out.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  // ---- servers

  private static void serve(LargeMail.Case what, PeerConnection peer) throws IOException {
    switch (what) {
      case SEND_DATA -> takeMail(peer, false);
      case SEND_CHUNKS -> takeMail(peer, true);
      case RETRIEVE, POP3_LIST -> pop3(peer);
      case SECTION, IMAP_LIST -> imap(peer);
    }
  }

  private static void takeMail(PeerConnection peer, boolean chunks) throws IOException {
    peer.write("220 hello\r\n");
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      if (line.startsWith("EHLO")) {
        peer.write(chunks ? "250-mail.test\r\n250 CHUNKING\r\n" : "250 mail.test\r\n");
      } else if (line.startsWith("BDAT")) {
        assertThat(line).isEqualTo("BDAT " + MAIL_BYTES + " LAST");
        peer.input().skipNBytes(MAIL_BYTES);
        peer.write("250 taken\r\n");
      } else if (line.equals("DATA")) {
        peer.write("354 go on\r\n");
        // Each line starts with a dot and has one more on the wire.
        peer.input().skipNBytes(MAIL_BYTES / LargeMail.LINE.length * (LargeMail.LINE.length + 1));
        assertThat(peer.readLine()).isEqualTo(".");
        peer.write("250 taken\r\n");
      } else {
        peer.write("250 ok\r\n");
      }
    }
  }

  private static void pop3(PeerConnection peer) throws IOException {
    peer.write("+OK hello\r\n");
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      if (line.startsWith("RETR")) {
        peer.write("+OK\r\n");
        byte[] stuffed =
            ("." + new String(LargeMail.LINE, US_ASCII)).repeat(1024).getBytes(US_ASCII);
        repeat(peer.output(), stuffed, MAIL_BYTES / LargeMail.LINE.length / 1024);
        peer.write(".\r\n");
      } else if (line.equals("LIST") || line.equals("UIDL")) {
        peer.write("+OK\r\n");
        String fact = line.equals("LIST") ? " 123456\r\n" : " 00012f3e5a6b7c8d9e0f0000\r\n";
        all(peer.output(), number -> number + fact);
        peer.write(".\r\n");
      } else {
        peer.write(line.matches("CAPA|STLS") ? "-ERR\r\n" : "+OK\r\n");
      }
    }
  }

  private static void imap(PeerConnection peer) throws IOException {
    peer.write("* PREAUTH [CAPABILITY IMAP4rev1 ESEARCH] hello\r\n");
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      String tag = line.substring(0, line.indexOf(' '));
      if (line.contains("UID FETCH 7 ")) {
        peer.write("* 7 FETCH (UID 7 BODY[] {" + MAIL_BYTES + "}\r\n");
        repeat(peer.output(), LargeMail.block(1024), MAIL_BYTES / LargeMail.LINE.length / 1024);
        peer.write(")\r\n");
      } else if (line.contains("FETCH 1:*")) {
        all(
            peer.output(),
            number -> "* " + number + " FETCH (UID " + 2 * number
                + " FLAGS (\\Seen $Work) ENVELOPE " + ENVELOPE + ")\r\n");
      } else if (line.contains("SEARCH")) {
        peer.write("* ESEARCH (TAG \"" + tag + "\") UID ALL ");
        all(peer.output(), number -> number % 2 == 0 ? "" : (number == 1 ? "" : ",") + 2 * number);
        peer.write("\r\n");
      } else if (line.contains("LOGOUT")) {
        peer.write("* BYE\r\n");
      }
      peer.write(tag + " OK done\r\n");
    }
  }

  private static void repeat(OutputStream out, byte[] block, long times) throws IOException {
    for (long i = 0; i < times; i++) {
      out.write(block);
    }
  }

  private interface About {
    String mail(int number);
  }

  private static void all(OutputStream out, About each) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int number = 1; number <= MAILS; number++) {
      text.append(each.mail(number));
      if (text.length() > 1 << 16 || number == MAILS) {
        out.write(text.toString().getBytes(US_ASCII));
        text.setLength(0);
      }
    }
    out.flush();
  }
}
