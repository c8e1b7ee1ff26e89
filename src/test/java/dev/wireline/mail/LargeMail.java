package dev.wireline.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapOptions;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.Search;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The program with the small heap: {@code LargeMail BYTES [WHAT PORT]...} prints what it has sent, read or seen. */
final class LargeMail {
  /** A line of 64 bytes, of which mails consist. */
  static final byte[] LINE = (".".repeat(62) + "\r\n").getBytes(US_ASCII);

  private static final List<String> TO = List.of("ann@mail.test");

  private LargeMail() {}

  enum Case {
    SEND_DATA,
    SEND_CHUNKS,
    RETRIEVE,
    SECTION,
    POP3_LIST,
    IMAP_LIST
  }

  public static void main(String[] args) throws IOException {
    long bytes = Long.parseLong(args[0]);
    for (int i = 1; i < args.length; i += 2) {
      Endpoint server = Endpoint.tcp("127.0.0.1", Integer.parseInt(args[i + 1]));
      System.out.println(args[i] + " " + run(Case.valueOf(args[i]), server, bytes));
    }
  }

  private static long run(Case what, Endpoint server, long bytes) throws IOException {
    return switch (what) {
      case SEND_DATA -> send(server, Content.of(new Lines(bytes)), bytes);
      case SEND_CHUNKS -> send(server, Content.of(() -> new Lines(bytes), bytes), bytes);
      case RETRIEVE -> retrieve(server);
      case SECTION -> section(server);
      case POP3_LIST -> listByPop3(server);
      case IMAP_LIST -> listByImap(server);
    };
  }

  private static long send(Endpoint server, Content mail, long amount) throws IOException {
    try (SmtpClient out = new SmtpClient(server, SmtpOptions.standard())) {
      out.send("joe@mail.test", TO, mail).orThrow();
      out.quit();
      return amount;
    }
  }

  private static long retrieve(Endpoint server) throws IOException {
    Pop3Options options = Pop3Options.builder().maxMailBytes(Long.MAX_VALUE).build();
    try (Pop3Client mailbox = new Pop3Client(server, options)) {
      long count = length(mailbox.retrieve(1));
      mailbox.quit();
      return count;
    }
  }

  private static long section(Endpoint server) throws IOException {
    ImapOptions options = ImapOptions.builder().maxMailBytes(Long.MAX_VALUE).build();
    try (ImapClient mail = new ImapClient(server, options)) {
      long count = length(mail.section(7, ""));
      mail.quit();
      return count;
    }
  }

  private static long length(Incoming mail) throws IOException {
    try (mail) {
      return mail.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static long listByPop3(Endpoint server) throws IOException {
    try (Pop3Client mailbox = new Pop3Client(server, Pop3Options.standard())) {
      long count = mailbox.sizes().size();
      if (mailbox.uids().size() != count) {
        throw new IllegalStateException("not as many ids as sizes");
      }
      mailbox.quit();
      return count;
    }
  }

  private static long listByImap(Endpoint server) throws IOException {
    AtomicLong count = new AtomicLong();
    try (ImapClient mail = new ImapClient(server, ImapOptions.standard())) {
      MessageSet odd = mail.search(Search.all().key("UNSEEN"));
      mail.fetch(
          MessageSet.all(),
          each -> count.addAndGet(each.envelope().orElseThrow().subject().isEmpty() ? 0 : 1),
          "FLAGS",
          "ENVELOPE");
      mail.quit();
      return odd.size() * 2 == count.get() ? count.get() : -odd.size();
    }
  }

  /** As many bytes as are asked for, in whole lines. */
  private static final class Lines extends InputStream {
    private final byte[] block = block(128);
    private long left;

    Lines(long amount) {
      left = amount;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int from = (int) (-left & (LINE.length - 1));
      int count = (int) Math.min(Math.min(length, left), block.length - from);
      System.arraycopy(block, from, into, offset, count);
      left -= count;
      return count;
    }
  }

  static byte[] block(int lines) {
    byte[] block = new byte[LINE.length * lines];
    for (int at = 0; at < block.length; at += LINE.length) {
      System.arraycopy(LINE, 0, block, at, LINE.length);
    }
    return block;
  }
}
