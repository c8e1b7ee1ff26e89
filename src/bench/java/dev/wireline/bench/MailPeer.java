package dev.wireline.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Servers of mail that know just what the benchmarks ask, with answers that are there beforehand. */
final class MailPeer {
  static final int HEADS = 10_000;
  private static final int MAIL_BYTES = 50 << 20;
  private static final byte[] HEAD = ascii("""
      From: joe@example.org\r
      To: ann@example.org\r
      Subject: a mail among many others\r
      Date: Sat, 28 Nov 2026 08:00:00 +0000\r
      \r
      """);

  /** A mail of 50 MiB, whose lines end in CRLF. */
  static final byte[] MAIL = mail();

  private static final byte[] RETRIEVED = retrieved();
  private static final byte[] FETCHED = fetched();

  private MailPeer() {}

  private static byte[] mail() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAIL_BYTES + BenchLines.LINES.length);
    bytes.writeBytes(HEAD);
    while (bytes.size() < MAIL_BYTES) {
      bytes.writeBytes(BenchLines.LINES);
    }
    return bytes.toByteArray();
  }

  private static byte[] retrieved() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAIL.length + 32);
    bytes.writeBytes(ascii("+OK\r\n"));
    bytes.writeBytes(MAIL);
    bytes.writeBytes(ascii(".\r\n"));
    return bytes.toByteArray();
  }

  private static byte[] fetched() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i <= HEADS; i++) {
      String start = "* " + i + " FETCH (UID " + i + " BODY[HEADER] {" + HEAD.length + "}\r\n";
      bytes.writeBytes(ascii(start));
      bytes.writeBytes(HEAD);
      bytes.writeBytes(ascii(")\r\n"));
    }
    return bytes.toByteArray();
  }

  static BenchServer smtp() throws IOException {
    return BenchServer.talking((socketIn, out) -> {
      InputStream in = new BufferedInputStream(socketIn, 64 * 1024);
      out.write(ascii("220 bench ESMTP\r\n"));
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        switch (line.substring(0, 4)) {
          case "EHLO" -> out.write(ascii("250-bench\r\n250 8BITMIME\r\n"));
          case "DATA" -> {
            out.write(ascii("354 go on\r\n"));
            drain(in);
            out.write(ascii("250 taken\r\n"));
          }
          default -> out.write(ascii("250 fine\r\n"));
        }
      }
    });
  }

  /** Reads to the line that is a dot alone. */
  private static void drain(InputStream in) throws IOException {
    byte[] piece = new byte[64 * 1024];
    int kept = 0;
    while (true) {
      int count = in.read(piece, kept, piece.length - kept);
      int size = kept + count;
      if (count < 0
          || (size >= 5
              && piece[size - 3] == '.'
              && piece[size - 4] == '\n'
              && piece[size - 1] == '\n')) {
        return;
      }
      kept = Math.min(4, size);
      System.arraycopy(piece, size - kept, piece, 0, kept);
    }
  }

  static BenchServer pop3() throws IOException {
    return BenchServer.talking((socketIn, out) -> {
      InputStream in = new BufferedInputStream(socketIn);
      out.write(ascii("+OK bench\r\n"));
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        switch (line.substring(0, 4)) {
          case "CAPA", "STLS" -> out.write(ascii("-ERR none\r\n"));
          case "RETR" -> out.write(RETRIEVED);
          default -> out.write(ascii("+OK\r\n"));
        }
      }
    });
  }

  static BenchServer imap() throws IOException {
    return BenchServer.talking((socketIn, out) -> {
      InputStream in = new BufferedInputStream(socketIn);
      out.write(ascii("* OK [CAPABILITY IMAP4rev1] bench\r\n"));
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String tag = line.substring(0, line.indexOf(' '));
        String rest = line.substring(tag.length() + 1).toUpperCase(Locale.ROOT);
        answer(rest, out);
        out.write(ascii(tag + " OK done\r\n"));
      }
    });
  }

  private static void answer(String command, OutputStream out) throws IOException {
    if (command.startsWith("CAPABILITY")) {
      out.write(ascii("* CAPABILITY IMAP4rev1\r\n"));
    } else if (command.startsWith("LIST")) {
      out.write(ascii("* LIST () \"/\" INBOX\r\n"));
    } else if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
      out.write(ascii("* FLAGS (\\Seen)\r\n* " + HEADS + " EXISTS\r\n* 0 RECENT\r\n"
          + "* OK [UIDVALIDITY 1] valid\r\n* OK [UIDNEXT " + (HEADS + 1) + "] next\r\n"));
    } else if (command.contains("FETCH")) {
      out.write(FETCHED);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
