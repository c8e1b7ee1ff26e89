package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.Activity;
import dev.wireline.line.Blocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.ReplyException;
import dev.wireline.line.Steps;
import dev.wireline.line.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client of Redis, in version 2 of its protocol; without subscriptions, which have a dialogue of
 * their own.
 *
 * <p>Not thread-safe; {@code close()} may be called from any thread.
 */
public final class Redis extends LineClient {
  private static final Protocol REDIS = new Protocol("redis", 6379, "rediss", 6379);
  private static final int MAX_DEPTH = 16;
  private static final long MAX_REPLY_BYTES = 64L << 20;
  private static final int BYTES_OF_AN_ITEM = 64; // what one takes in memory besides its content

  private final Blocks blocks = Blocks.of(this).withMaxBytes(MAX_REPLY_BYTES);
  private long bytesLeft;

  public Redis(String endpoint) {
    super(endpoint, REDIS);
  }

  public Redis(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  /** Redis says no; the connection goes on. */
  public static final class Refusal extends ReplyException {
    private static final long serialVersionUID = 1;

    Refusal(Endpoint endpoint, String text) {
      super(endpoint, Activity.READING, "Redis says", text);
    }

    /** The first word, such as ERR, WRONGTYPE or NOAUTH. */
    public String code() {
      int space = reply().indexOf(' ');
      return space < 0 ? reply() : reply().substring(0, space);
    }
  }

  /** Proves who one is. */
  public void login(String password) throws IOException {
    byte[] word = password.getBytes(UTF_8);
    Message login =
        words(2, "AUTH").secretLine("$" + word.length).secretData(word).line("");
    ask(login, this::text);
  }

  /** The value of a key, or empty where there is none. */
  public Optional<byte[]> get(String key) throws IOException {
    return ask(words(2, "GET", key), this::bytes);
  }

  /** Stores a value, in place of an earlier one. */
  public void set(String key, byte[] value) throws IOException {
    ask(withWord(words(3, "SET", key), value), this::text);
  }

  /** Adds one to a number; gives the sum. */
  public long increment(String key) throws IOException {
    return ask(words(2, "INCR", key), this::number);
  }

  /** Sends any command whose answer is one reply. */
  public RedisReply call(String... command) throws IOException {
    return ask(words(command.length, command), this::reply);
  }

  /** Adds any command to those that leave together; a no is its answer alone. */
  public Pipelined<RedisReply> call(Pipeline pipeline, String... command) {
    return pipeline.add(words(command.length, command), this::reply);
  }

  private <T> T ask(Message command, Steps<T> answer) throws IOException {
    return exchange(() -> {
      command.writeTo(this);
      return answer.run();
    });
  }

  private static Message words(int count, String... first) {
    StringBuilder words = new StringBuilder("*").append(count).append("\r\n");
    for (String word : first) {
      int length = word.getBytes(UTF_8).length;
      words.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    return Message.of().data(words.toString().getBytes(UTF_8));
  }

  private static Message withWord(Message message, byte[] word) {
    return message.line("$" + word.length).data(word).line("");
  }

  private RedisReply reply() throws IOException {
    bytesLeft = MAX_REPLY_BYTES;
    RedisReply reply = item(0);
    if (reply instanceof RedisReply.Failure failure) {
      throw new Refusal(endpoint(), failure.text());
    }
    return reply;
  }

  private RedisReply item(int depth) throws IOException {
    String line = readLine();
    String rest = line.isEmpty() ? "" : line.substring(1);
    spend(BYTES_OF_AN_ITEM + line.length());
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> new RedisReply.Text(rest);
      case '-' -> new RedisReply.Failure(rest);
      case ':' -> numeral(Words.of(this, rest));
      case '$' -> rest.equals("-1") ? RedisReply.NOTHING : new RedisReply.Bytes(block(rest));
      case '*' ->
        rest.equals("-1") ? RedisReply.NOTHING : items(blocks.parseLength(rest), depth + 1);
      default -> throw malformed("a reply starts with one of + - : $ *", line);
    };
  }

  private static RedisReply numeral(Words words) throws IOException {
    long value = words.number();
    words.end();
    return new RedisReply.Numeral(value);
  }

  private byte[] block(String length) throws IOException {
    long bytes = blocks.parseLength(length);
    spend(bytes);
    return blocks.readLine(bytes);
  }

  private RedisReply items(long count, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw exceeded("maxDepth", MAX_DEPTH);
    }
    List<RedisReply> items = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      items.add(item(depth));
    }
    return new RedisReply.Items(items);
  }

  /** Counts a whole reply, however many items it has: what it is made of is the server's choice. */
  private void spend(long bytes) throws IOException {
    bytesLeft -= bytes;
    if (bytesLeft < 0) {
      throw exceeded("maxReplyBytes", MAX_REPLY_BYTES);
    }
  }

  private String text() throws IOException {
    RedisReply reply = reply();
    if (reply instanceof RedisReply.Text text) {
      return text.text();
    }
    throw malformed("the answer is a text", reply.toString());
  }

  private long number() throws IOException {
    RedisReply reply = reply();
    if (reply instanceof RedisReply.Numeral number) {
      return number.value();
    }
    throw malformed("the answer is a number", reply.toString());
  }

  private Optional<byte[]> bytes() throws IOException {
    RedisReply reply = reply();
    if (reply instanceof RedisReply.Bytes bytes) {
      return Optional.of(bytes.bytes());
    }
    if (reply == RedisReply.NOTHING) {
      return Optional.empty();
    }
    throw malformed("the answer is a value or nothing", reply.toString());
  }
}
