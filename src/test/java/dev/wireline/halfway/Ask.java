package dev.wireline.halfway;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Blocks;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Expect;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.StatusReplies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reads that are framed: how each asks for an answer, and how the peer puts it. */
enum Ask {
  LINE {
    @Override
    Object read(Client client) throws IOException {
      return client.readLine();
    }
  },
  LINE_OR_END {
    @Override
    Object read(Client client) throws IOException {
      return client.readLineOrEnd().orElse("the end");
    }
  },
  POLL_LINE {
    @Override
    Object read(Client client) throws IOException {
      return client.pollLine(Duration.ofSeconds(20)).orElse("nothing");
    }
  },
  LINE_BYTES {
    @Override
    Object read(Client client) throws IOException {
      return client.readLineBytes();
    }
  },
  EXCHANGE {
    @Override
    Object read(Client client) throws IOException {
      return client.ask();
    }
  },
  EXCHANGE_OF_TWO {
    @Override
    String put(String answer) {
      return "begin\r\n" + answer + "\r\n";
    }

    @Override
    Object read(Client client) throws IOException {
      return client.askTwo();
    }
  },
  BYTES {
    @Override
    String put(String answer) {
      return answer;
    }

    @Override
    Object read(Client client) throws IOException {
      return client.read(LENGTH);
    }
  },
  BLOCK {
    @Override
    Object read(Client client) throws IOException {
      return Blocks.of(client).readLine(LENGTH);
    }
  },
  OPEN_BLOCK {
    @Override
    String put(String answer) {
      return answer;
    }

    @Override
    Object read(Client client) throws IOException {
      byte[] all = client.openBlock().readAllBytes();
      client.block = null;
      return all;
    }
  },
  TEXT_LINES {
    @Override
    String put(String answer) {
      return "1\r\n" + answer + "\r\n3\r\n.\r\n";
    }

    @Override
    Object read(Client client) throws IOException {
      List<String> all = client.dotText().readLines();
      client.text = null;
      return all;
    }
  },
  TEXT {
    @Override
    String put(String answer) {
      return TEXT_LINES.put(answer);
    }

    @Override
    Object read(Client client) throws IOException {
      byte[] all = client.dotText().readAllBytes();
      client.text = null;
      return all;
    }
  },
  TEXT_BYTES {
    @Override
    String put(String answer) {
      return TEXT_LINES.put(answer);
    }

    @Override
    Object read(Client client) throws IOException {
      byte[] all = client.dotText().bytes();
      client.text = null;
      return all;
    }
  },
  OPEN_EXCHANGE {
    @Override
    String put(String answer) {
      return answer + "done\r\n";
    }

    @Override
    Object read(Client client) throws IOException {
      byte[] all = client.stream().bytes();
      client.stream = null;
      return all;
    }
  },
  SAVED_TEXT {
    @Override
    String put(String answer) {
      return TEXT_LINES.put(answer);
    }

    @Override
    Object read(Client client) throws IOException {
      client.dotText().saveTo(FILE);
      client.text = null;
      return FILE;
    }
  },
  REPLY {
    @Override
    String put(String answer) {
      return "250-one\r\n250-" + answer + "\r\n250 three\r\n";
    }

    @Override
    Object read(Client client) throws IOException {
      return Replies.of(client).expect(250);
    }
  },
  STATUS {
    @Override
    String put(String answer) {
      return "+OK " + answer + "\r\n";
    }

    @Override
    Object read(Client client) throws IOException {
      return StatusReplies.of(client).expectOk();
    }
  },
  PROMPT {
    @Override
    String put(String answer) {
      return answer + "> ";
    }

    @Override
    Object read(Client client) throws IOException {
      return Expect.of(client).text("> ").before();
    }
  },
  PIPELINE {
    @Override
    String put(String answer) {
      return "one\r\n" + answer + "\r\n";
    }

    @Override
    Object read(Client client) throws IOException {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("first", client::readLine);
      Pipelined<String> second = pipeline.add("second", client::readLine);
      pipeline.run();
      return second.get();
    }
  };

  /** How long an answer is. */
  static final int LENGTH = 12_000;

  static final Path FILE = Path.of(
      System.getProperty("java.io.tmpdir"),
      "half-way-" + ProcessHandle.current().pid());

  /** Another one for each number. */
  static String answer(int number) {
    return String.valueOf((char) ('a' + number)).repeat(LENGTH);
  }

  /** An answer as the peer sends it. */
  String put(String answer) {
    return answer + "\r\n";
  }

  /** Reads the next answer, and makes nothing of it that could fail. */
  abstract Object read(Client client) throws IOException;

  /** What was read, as the text that the peer had put in it. */
  static String text(Object read) throws IOException {
    if (read instanceof byte[] bytes) {
      return middle(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    if (read instanceof Path file) {
      return middle(Files.readString(file));
    }
    if (read instanceof Reply reply) {
      return reply.lines().get(1);
    }
    return read instanceof List<?> lines ? String.valueOf(lines.get(1)) : String.valueOf(read);
  }

  private static String middle(String lines) {
    int end = lines.lastIndexOf("\r\n3");
    return lines.startsWith("1\r\n") && end > 3 ? lines.substring(3, end) : lines;
  }

  /** A client with exchanges of its own. */
  static final class Client extends LineClient {
    private @Nullable InputStream block;
    private @Nullable Incoming text;
    private @Nullable Incoming stream;

    Client(Endpoint endpoint) {
      super(endpoint);
    }

    /** The block that was begun, or the next one. */
    InputStream openBlock() throws IOException {
      InputStream begun = block == null ? Blocks.of(this).open(LENGTH) : block;
      block = begun;
      return begun;
    }

    /** The text that was begun, or the next one. */
    Incoming dotText() throws IOException {
      Incoming begun = text == null ? DotBlocks.of(this).read() : text;
      text = begun;
      return begun;
    }

    /** The stream of an exchange that stays open, which was begun, or the next one. */
    Incoming stream() throws IOException {
      Incoming begun = stream == null ? openStream() : stream;
      stream = begun;
      return begun;
    }

    private Incoming openStream() throws IOException {
      return openIncoming(
          () -> {
            writeLine("what?");
            return Blocks.of(this).open(LENGTH);
          },
          whole -> {
            String last = readLine();
            if (!last.equals("done")) {
              throw malformed("a stream ends in done", last);
            }
          });
    }

    String ask() throws IOException {
      return exchange(() -> {
        writeLine("what?");
        return readLine();
      });
    }

    String askTwo() throws IOException {
      return exchange(() -> {
        writeLine("what?");
        return readLine().equals("begin") ? readLine() : "no beginning";
      });
    }
  }
}
