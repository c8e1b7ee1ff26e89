package dev.wireline.smtp;

import dev.wireline.error.WirelineException;
import dev.wireline.line.Blocks;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Outgoing;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sending of one message, from MAIL to the last reply. Not thread-safe. */
final class Transaction {
  /** The bytes of one BDAT for a message of unknown length. */
  static final int CHUNK_BYTES = 64 * 1024;

  private final SmtpClient client;
  private final Replies replies;
  private final Capabilities capabilities;
  private final Envelope envelope;
  private final OutgoingMail mail;
  private final boolean eightBit;
  private final List<String> accepted = new ArrayList<>();
  private final Map<String, SmtpException> refused = new LinkedHashMap<>();
  private boolean ended;

  Transaction(
      SmtpClient client,
      Replies replies,
      Capabilities capabilities,
      Envelope envelope,
      OutgoingMail mail) {
    this.client = client;
    this.replies = replies;
    this.capabilities = capabilities;
    this.envelope = envelope;
    this.mail = mail;
    this.eightBit = capabilities.has("8BITMIME");
  }

  /** Whether the server has forgotten it, and the next one can begin. */
  boolean isEnded() {
    return ended;
  }

  /** MAIL with everything that the message needs. */
  Command mailFrom() throws SmtpExtensionException {
    StringBuilder out = new StringBuilder("FROM:<").append(envelope.from()).append('>');
    if (capabilities.has("SIZE") && mail.length() >= 0) {
      out.append(" SIZE=").append(mail.length());
    }
    boolean utf8 = envelope.needsUtf8() || mail.hasEightBitHeader();
    if (mail.hasEightBit() || utf8) {
      need("8BITMIME", "which a message with bytes above 127 needs");
    }
    if (eightBit && (mail.hasEightBit() || utf8 || !mail.isKnown())) {
      out.append(" BODY=8BITMIME");
    }
    if (utf8) {
      need("SMTPUTF8", "which addresses and headers that are not ASCII need");
      out.append(" SMTPUTF8");
    }
    if (envelope.asksForNotices()) {
      need("DSN", "which notices of delivery need");
      out.append(envelope.parameters());
    }
    if (envelope.requiresTls()) {
      needTls();
      out.append(" REQUIRETLS");
    }
    return Command.of("MAIL").text(out.toString());
  }

  /** In the clear, anybody on the way may have forged the server's offer (RFC 8689, section 4.2.1). */
  private void needTls() throws SmtpExtensionException {
    need("REQUIRETLS", "which the envelope demands");
    if (client.tlsSession().isEmpty()) {
      throw new SmtpExtensionException(
          client.endpoint(), "REQUIRETLS", "which the envelope demands, in TLS");
    }
  }

  private void need(String extension, String why) throws SmtpExtensionException {
    if (!capabilities.has(extension)) {
      throw new SmtpExtensionException(client.endpoint(), extension, why);
    }
  }

  private Command rcptTo(String address) {
    String notices = envelope.notices().map(all -> " NOTIFY=" + all).orElse("");
    return Command.of("RCPT").text("TO:<" + address + '>' + notices);
  }

  Delivery run(Command mailFrom) throws IOException {
    address(mailFrom);
    if (accepted.isEmpty()) {
      throw Delivery.first(refused);
    }
    List<Reply> taken = capabilities.has("CHUNKING") ? chunks() : text();
    if (taken.isEmpty()) {
      throw Delivery.first(refused);
    }
    return new Delivery(taken.get(0), accepted, refused);
  }

  /** Sends the sender and the recipients, in one write if the server allows that. */
  private void address(Command mailFrom) throws IOException {
    boolean together = capabilities.has("PIPELINING");
    Pipeline pipeline = Pipeline.of(client);
    Pipelined<Reply> sender = pipeline.add(mailFrom, () -> replies.answerTo(mailFrom, 2));
    List<Pipelined<Reply>> recipients = new ArrayList<>();
    for (String address : envelope.to()) {
      if (!together) {
        pipeline.run();
        endIfRefused(sender);
        pipeline = Pipeline.of(client);
      }
      Command command = rcptTo(address);
      recipients.add(pipeline.add(command, () -> replies.answerTo(command, 2)));
    }
    pipeline.run();
    endIfRefused(sender);
    for (int i = 0; i < recipients.size(); i++) {
      sort(envelope.to().get(i), recipients.get(i));
    }
  }

  private void endIfRefused(Pipelined<Reply> sender) throws ReplyException {
    ended = true;
    sender.get();
    ended = false;
  }

  private void sort(String address, Pipelined<Reply> answer) throws ReplyException {
    try {
      answer.get();
      accepted.add(address);
    } catch (SmtpException e) {
      refused.put(address, e);
    }
  }

  private List<Reply> text() throws IOException {
    Command data = Command.of("DATA");
    replies.ask(data, 354);
    DotBlocks.of(client).write(Content.of(() -> mail.open(eightBit)));
    return answers(data);
  }

  /** BDAT (RFC 3030): in one piece if its length is known, else piece by piece. */
  private List<Reply> chunks() throws IOException {
    if (mail.isKnown()) {
      Command last = bdat(mail.length(), true);
      last.writeTo(client);
      Content lines = Content.of(() -> mail.open(eightBit), mail.length());
      Blocks.of(client).write(mail.length(), lines);
      return answers(last);
    }
    try (InputStream in = mail.open(eightBit)) {
      byte[] chunk = in.readNBytes(CHUNK_BYTES);
      byte[] next = in.readNBytes(CHUNK_BYTES);
      while (next.length > 0) {
        Command more = bdat(chunk.length, false);
        send(more, chunk);
        replies.answerTo(more, 2);
        chunk = next;
        next = in.readNBytes(CHUNK_BYTES);
      }
      Command last = bdat(chunk.length, true);
      send(last, chunk);
      return answers(last);
    }
  }

  private static Command bdat(long length, boolean last) {
    Command bdat = Command.of("BDAT").number(length);
    return last ? bdat.atom("LAST") : bdat;
  }

  private void send(Command bdat, byte[] chunk) throws IOException {
    bdat.writeTo(client);
    try (Outgoing out = Blocks.of(client).write(chunk.length)) {
      out.write(chunk, 0, chunk.length);
      out.finish();
    }
  }

  /** The answer to the message, or with LMTP one for each accepted recipient (RFC 2033, section 4.2). */
  private List<Reply> answers(Command last) throws IOException {
    ended = true;
    if (!client.speaksLmtp()) {
      return List.of(replies.answerTo(last, 2));
    }
    List<Reply> taken = new ArrayList<>();
    List<String> asked = List.copyOf(accepted);
    accepted.clear();
    for (int i = 0; i < asked.size(); i++) {
      try {
        taken.add(replies.answerTo(last, 2));
        accepted.add(asked.get(i));
      } catch (SmtpException e) {
        refused.put(asked.get(i), e);
        if (!e.connectionUsable()) {
          throw i == 0 ? e : cut(asked, i + 1, e);
        }
      } catch (WirelineException e) {
        throw i == 0 ? e : cut(asked, i, e);
      }
    }
    return taken;
  }

  /** What the server had said comes before what went wrong then. */
  private WirelineException cut(List<String> asked, int answered, WirelineException failure) {
    return new PartialDeliveryException(
        accepted, refused, asked.subList(answered, asked.size()), failure);
  }
}
