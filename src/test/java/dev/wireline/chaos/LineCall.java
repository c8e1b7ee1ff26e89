package dev.wireline.chaos;

import dev.wireline.line.Blocks;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Dialogue;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Expect;
import dev.wireline.line.Incoming;
import dev.wireline.line.Message;
import dev.wireline.line.Outgoing;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.StatusReplies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls of a client of lines: what each asks for, how it reads the answer, what that has to be. */
enum LineCall {
  LINE("LINE"),
  LINE_BYTES("LINE"),
  LINE_OR_END("LINE"),
  POLLED("LINE"),
  IN_TIME("LINE"),
  PATIENT("LINE"),
  STATUS("STATUS"),
  REPLY("REPLY"),
  DOT_LINES("DOTS"),
  DOT_STREAM("DOTS"),
  DOT_FILE("DOTS"),
  BLOCK("BLOCK"),
  BLOCK_STREAM("BLOCK"),
  READ("RAW"),
  STREAM("RAW"),
  TO_END("END"),
  PROMPT("PROMPT"),
  PUT("PUT"),
  PUT_LINES("PUT"),
  DATA("DATA"),
  AUTH("AUTH"),
  OUTPUT("DATA");

  private static final Duration LONG = Duration.ofSeconds(5);

  private final String verb;

  LineCall(String verb) {
    this.verb = verb;
  }

  /** A question with a token of its own; an answer that ends with its connection is not cut. */
  Ask ask(Stage stage) {
    return this == TO_END ? stage.askWhole(verb) : stage.ask(verb);
  }

  String expected(Ask ask) {
    return switch (this) {
      case LINE, LINE_BYTES, LINE_OR_END, POLLED, IN_TIME, PATIENT ->
        ask.token() + " " + ask.count();
      case STATUS -> ask.token();
      case REPLY -> reply(ask);
      case DOT_LINES, DOT_STREAM, DOT_FILE, BLOCK, BLOCK_STREAM, READ, STREAM, TO_END, PROMPT ->
        ask.text();
      case PUT, PUT_LINES, DATA, OUTPUT -> Item.receipt(ask.token(), Item.bytes(ask.text()));
      case AUTH -> Item.receipt(ask.token(), Item.bytes(Stage.SECRET));
    };
  }

  private static String reply(Ask ask) {
    int count = Math.min(ask.count(), 40);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append(ask.token()).append(' ').append(i).append('\n');
    }
    return text.toString();
  }

  String run(Talker client, Ask ask, Stage stage) throws IOException {
    return switch (this) {
      case LINE -> client.ask(ask, client::readLine);
      case LINE_BYTES -> client.ask(ask, () -> Item.text(client.readLineBytes()));
      case LINE_OR_END -> client.ask(ask, () -> lineOrEnd(client));
      case POLLED -> client.ask(ask, () -> polled(client));
      case IN_TIME -> Dialogue.of(client).within(LONG, () -> client.ask(ask, client::readLine));
      case PATIENT -> Dialogue.of(client).patient(LONG, () -> client.ask(ask, client::readLine));
      case STATUS -> client.ask(ask, StatusReplies.of(client)::expectOk);
      case REPLY -> client.ask(ask, () -> text(Replies.of(client).expect(250)));
      case DOT_LINES -> client.ask(ask, () -> lines(client));
      case DOT_STREAM ->
        client.ask(ask, () -> streamed(DotBlocks.of(client).read(), stage)).replace("\r\n", "\n");
      case DOT_FILE -> client.ask(ask, () -> saved(client)).replace("\r\n", "\n");
      case BLOCK -> client.ask(ask, () -> block(client));
      case BLOCK_STREAM -> client.ask(ask, () -> blockStream(client, stage));
      case READ -> client.ask(ask, () -> Item.text(client.read(ask.text().length())));
      case STREAM -> client.ask(ask, () -> raw(client, ask, stage));
      case TO_END ->
        client.ask(ask, () -> {
          client.shutdownOutput();
          return Item.text(client.readToEnd());
        });
      case PROMPT ->
        client.ask(ask, () -> Expect.of(client).text(ask.token() + "> ").before());
      case PUT -> client.ask(ask, () -> put(client, ask, stage));
      case PUT_LINES -> client.ask(ask, () -> putLines(client, ask, stage));
      case DATA -> client.within(() -> data(client, ask));
      case AUTH -> client.within(() -> secret(client, ask));
      case OUTPUT -> client.within(() -> output(client, ask, stage));
    };
  }

  private static String polled(Talker client) throws IOException {
    Optional<String> line = client.pollLine(Duration.ZERO);
    for (int i = 0; i < 10 && line.isEmpty(); i++) {
      line = client.pollLine(Duration.ofMillis(100));
    }
    return line.isPresent() ? line.get() : client.readLine();
  }

  private static String lineOrEnd(Talker client) throws IOException {
    return client.readLineOrEnd().orElseThrow(() -> new IllegalStateException("the end"));
  }

  private static String text(Reply reply) {
    return String.join("\n", reply.lines()) + "\n";
  }

  private static String lines(Talker client) throws IOException {
    try (Incoming text = DotBlocks.of(client).read()) {
      return String.join("\n", text.readLines()) + "\n";
    }
  }

  private static String saved(Talker client) throws IOException {
    Path folder = Files.createTempDirectory("chaos");
    Path file = folder.resolve("text");
    try (Incoming text = DotBlocks.of(client).read()) {
      text.saveTo(file);
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      // Fails when a part of a file was left.
      Files.delete(folder);
    }
  }

  private static String streamed(InputStream stream, Stage stage) throws IOException {
    try (InputStream text = new HookedStream(stream, stage.hook())) {
      return Item.text(text.readAllBytes());
    }
  }

  private static String block(Talker client) throws IOException {
    Blocks blocks = Blocks.of(client);
    return Item.text(blocks.readLine(blocks.parseLength(client.readLine())));
  }

  private static String blockStream(Talker client, Stage stage) throws IOException {
    Blocks blocks = Blocks.of(client);
    String text = streamed(blocks.open(blocks.parseLength(client.readLine())), stage);
    return text + client.readLine();
  }

  private static String raw(Talker client, Ask ask, Stage stage) throws IOException {
    InputStream in = client.input();
    StringBuilder text = new StringBuilder();
    while (text.length() < ask.text().length()) {
      stage.hook().passIo();
      byte[] piece = in.readNBytes(Math.min(1000, ask.text().length() - text.length()));
      if (piece.length == 0) {
        throw new IllegalStateException("the end");
      }
      text.append(Item.text(piece));
    }
    return text.toString();
  }

  private static String put(Talker client, Ask ask, Stage stage) throws IOException {
    byte[] text = Item.bytes(String.join("\r\n", Item.lines(ask.token(), ask.count())));
    DotBlocks.of(client)
        .write(Content.of(() -> new HookedStream(new ByteArrayInputStream(text), stage.hook())));
    return Replies.of(client).expect(250).text();
  }

  private static String putLines(Talker client, Ask ask, Stage stage) throws IOException {
    try (Outgoing out = DotBlocks.of(client).write()) {
      for (String line : Item.lines(ask.token(), ask.count())) {
        stage.hook().passIo();
        out.writeLine(line);
      }
      out.finish();
    }
    return Replies.of(client).expect(250).text();
  }

  private static String data(Talker client, Ask ask) throws IOException {
    byte[] text = Item.bytes(ask.text());
    Message.of().line(ask.words(" ") + " " + text.length).data(text).writeTo(client);
    return Replies.of(client).expect(250).text();
  }

  private static String secret(Talker client, Ask ask) throws IOException {
    Command command = Command.of(ask.verb());
    for (String word : List.of(ask.words(" ").split(" ", -1)).subList(1, 5)) {
      command = command.atom(word);
    }
    command.secretText(Stage.SECRET).writeTo(client);
    return Replies.of(client).expect(250).text();
  }

  private static String output(Talker client, Ask ask, Stage stage) throws IOException {
    byte[] text = Item.bytes(ask.text());
    client.writeLine(ask.words(" ") + " " + text.length);
    OutputStream out = client.output();
    for (int i = 0; i < text.length; i += 1000) {
      stage.hook().passIo();
      out.write(text, i, Math.min(1000, text.length - i));
    }
    out.flush();
    return Replies.of(client).expect(250).text();
  }
}
