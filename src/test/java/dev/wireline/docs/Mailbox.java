package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.StatusReplies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

// docs: mailbox
/** The beginnings of a POP3 client. Not thread-safe; close() may be called from any thread. */
public final class Mailbox extends LineClient {
  private static final Protocol POP3 = new Protocol("pop3", 110, "pop3s", 995);

  private final StatusReplies replies = StatusReplies.of(this);
  private final DotBlocks texts = DotBlocks.of(this);
  private final Command user;
  private final Command pass;

  public Mailbox(String endpoint, String user, String password) {
    this(Endpoint.parse(endpoint, POP3), LineOptions.standard(), user, password);
  }

  public Mailbox(Endpoint endpoint, LineOptions options, String user, String password) {
    super(endpoint, options);
    this.user = Command.of("USER").atom(user);
    this.pass = Command.of("PASS").secretText(password);
  }

  @Override
  protected void greet() throws IOException {
    replies.expectOk();
    if (!endpoint().isTls()) {
      replies.ask("STLS");
      startTls();
    }
    replies.ask(user);
    replies.ask(pass);
  }

  /** Its commands alone speak: a line from outside would leave an answer for the next of them. */
  @Override
  protected boolean speaksLines() {
    return false;
  }

  // end: mailbox

  // docs: mailbox-text
  /** The lines of a message. */
  public List<String> message(int number) throws IOException {
    return exchange(() -> {
      replies.ask(Command.of("RETR").number(number));
      return texts.read().readLines();
    });
  }

  // end: mailbox-text

  // docs: mailbox-stream
  /** A message as a stream, which has the mailbox to itself up to its end or its close. */
  public Incoming open(int number) throws IOException {
    return openIncoming(
        () -> {
          Command.of("RETR").number(number).writeTo(this);
          replies.expectOk();
          return texts.read();
        },
        whole -> {}); // nothing follows the text
  }

  // end: mailbox-stream

  // docs: mailbox-pipeline
  /** Marks messages for removal, in one round trip; each has an answer of its own. */
  public List<Pipelined<String>> delete(List<Integer> numbers) throws IOException {
    Pipeline pipeline = Pipeline.of(this);
    List<Pipelined<String>> answers = new ArrayList<>();
    for (int number : numbers) {
      answers.add(pipeline.add(Command.of("DELE").number(number), replies::expectOk));
    }
    return exchange(() -> {
      pipeline.run();
      return answers;
    });
  }
  // end: mailbox-pipeline
}
