package dev.wireline.examples;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.line.Command;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client of IRC (RFC 2812).
 *
 * <p>One thread may listen while any number of others speak: what the server says to their commands
 * comes to the one that listens. A line that is not UTF-8 is an exception after which the talk goes on.
 */
public final class Irc extends LineClient {
  private static final Protocol IRC = new Protocol("irc", 6667, "ircs", 6697);
  private static final int MAX_MESSAGE_BYTES = 512; // with CRLF: RFC 2812, section 2.3
  private static final int MAX_WELCOME_LINES = 100;
  private static final int MAX_NICKS = 5;
  private static final int SAFE_NICK_LENGTH = 9; // RFC 2812, section 1.2.1

  private final ReentrantLock speaking = new ReentrantLock();
  private final String wanted;
  private volatile String nick;

  /** A client of that nick; where others have it, a number takes the place of its end. */
  public Irc(String endpoint, String nick) {
    this(Endpoint.parse(endpoint, IRC), LineOptions.standard(), nick);
  }

  public Irc(Endpoint endpoint, LineOptions options, String nick) {
    super(endpoint, options.toBuilder().maxLineBytes(MAX_MESSAGE_BYTES - 2).build());
    this.wanted = checked(nick);
    this.nick = nick;
  }

  /** Registers: up to the welcome, whose rest comes to {@link #listen}. */
  @Override
  protected void greet() throws IOException {
    int tried = 1;
    command("NICK").atom(wanted).writeTo(this);
    command("USER").atom(wanted).atom("0").atom("*").text(":" + wanted).writeTo(this);
    for (int lines = 0; lines < MAX_WELCOME_LINES; lines++) {
      String line = readLine();
      IrcMessage message = parsed(line);
      switch (message.command()) {
        case "001" -> {
          nick = message.parameters().stream()
              .findFirst()
              .orElseThrow(() -> malformed("a welcome starts with the nick", line));
          return;
        }
        case "433", "436" -> {
          if (++tried > MAX_NICKS) {
            throw refused(line);
          }
          command("NICK").atom(numbered(tried)).writeTo(this);
        }
        case "PING" -> pong(message).writeTo(this);
        default -> {
          if (message.isError()) {
            throw refused(line);
          }
        }
      }
    }
    throw exceeded("maxWelcomeLines", MAX_WELCOME_LINES);
  }

  private String numbered(int number) {
    int kept = Math.min(wanted.length(), SAFE_NICK_LENGTH - 1);
    return wanted.substring(0, kept) + number;
  }

  /** The nick that the server welcomed. */
  public String nick() {
    return nick;
  }

  /** Asks to be let into a channel; a JOIN of one's own nick says that it was done. */
  public void join(String channel) throws IOException {
    if (!channel.startsWith("#") && !channel.startsWith("&")) {
      throw new IllegalArgumentException("a channel starts with # or &");
    }
    say(command("JOIN").atom(checked(channel)));
  }

  /** Says something to a channel or a nick. */
  public void privmsg(String target, String text) throws IOException {
    say(command("PRIVMSG").atom(checked(target)).text(":" + text));
  }

  /** Says farewell; the server then hangs up. */
  public void quit(String why) throws IOException {
    say(command("QUIT").text(":" + why));
  }

  /** Waits so long for a message; a PING is answered, and then given as any other message. */
  public Optional<IrcMessage> listen(Duration time) throws IOException {
    Optional<String> line = pollLine(time);
    if (line.isEmpty() || line.get().isEmpty()) {
      return Optional.empty();
    }
    IrcMessage message = exchange(() -> parsed(line.get()));
    if (message.command().equals("PING")) {
      say(pong(message));
    }
    return Optional.of(message);
  }

  private IrcMessage parsed(String line) throws IOException {
    return IrcMessage.parse(line)
        .orElseThrow(() -> malformed("a message has a command (RFC 2812, section 2.3.1)", line));
  }

  private static Command command(String verb) {
    return Command.of(verb).withMaxBytes(MAX_MESSAGE_BYTES);
  }

  private static Command pong(IrcMessage ping) {
    String text = ping.text();
    boolean isWord = !text.isEmpty() && !text.startsWith(":") && text.indexOf(' ') < 0;
    // A colon that the PING did without could be the one byte that makes this too long.
    return command("PONG").text(isWord ? text : ":" + text);
  }

  /** One after the other; greet() speaks without this, for it has the connection to itself. */
  private void say(Command command) throws IOException {
    speaking.lock();
    try {
      command.writeTo(this);
    } finally {
      speaking.unlock();
    }
  }

  /** An atom of a command has no blank; that it is one nick or channel is this protocol's business. */
  private static String checked(String name) {
    if (name.isEmpty() || name.startsWith(":") || name.indexOf(',') >= 0) {
      throw new IllegalArgumentException("this is no name of one nick or channel");
    }
    return name;
  }
}
