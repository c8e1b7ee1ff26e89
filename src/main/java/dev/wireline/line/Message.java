package dev.wireline.line;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lines, and data between them, sent in one write. Immutable; each method returns another message.
 *
 * <pre>{@code
 * Message.of().line("set greeting 0 0 5").data(value).line("");            // memcached
 * Message.of().line("A1 APPEND notes {5+}").data(value).line("");          // IMAP, RFC 7888
 * }</pre>
 *
 * <p>A line gets its CRLF, or the {@code lineEnd} of the client that writes it, and cannot turn into two.
 * Nothing is added to data, and their content is not checked: what follows comes right after their last byte,
 * so use an empty line to end them with a line end.
 */
public final class Message {
  private static final Message EMPTY = new Message(null, 0, new Line("", false));

  /**
   * What comes before the last piece, null in an empty message; as a chain, so that adding a piece copies
   * nothing.
   */
  private final @Nullable Message before;

  private final int count;
  private final Piece last;

  /** A line or data. */
  private interface Piece {
    void appendTo(LineBytes bytes);

    void show(Transcript transcript);
  }

  private record Line(String line, boolean secret) implements Piece {
    private Line {
      LineBytes.check(line);
    }

    @Override
    public void appendTo(LineBytes bytes) {
      bytes.line(line);
    }

    @Override
    public void show(Transcript transcript) {
      transcript.sent(secret ? Command.MASK : line);
    }
  }

  private record CommandLine(Command command) implements Piece {
    @Override
    public void appendTo(LineBytes bytes) {
      bytes.line(command.line(bytes.charset(), bytes.endLength()));
    }

    @Override
    public void show(Transcript transcript) {
      transcript.sent(command.toString());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Data(byte[] bytes, boolean secret) implements Piece {
    @Override
    public void appendTo(LineBytes all) {
      all.data(bytes);
    }

    @Override
    public void show(Transcript transcript) {
      if (secret) {
        transcript.note("C> " + Command.MASK);
      } else {
        transcript.sent(bytes, 0, bytes.length);
      }
    }
  }

  private Message(@Nullable Message before, int count, Piece last) {
    this.before = before;
    this.count = count;
    this.last = last;
  }

  private Message with(Piece piece) {
    return new Message(this, count + 1, piece);
  }

  /**
   * An empty message.
   *
   * @return the message
   */
  public static Message of() {
    return EMPTY;
  }

  /**
   * Adds a line and its end.
   *
   * @param line the line without its end; may be empty
   * @return a message that ends in it
   * @throws IllegalArgumentException if it holds CR, LF or NUL
   */
  public Message line(String line) {
    Objects.requireNonNull(line, "line");
    return with(new Line(line, false));
  }

  /**
   * Adds a line and its end that is never shown, neither by a transcript nor by {@link #toString()}.
   *
   * @param line as {@link #line(String)}
   * @return a message that ends in it
   * @throws IllegalArgumentException as {@link #line(String)}; the message does not show the line
   */
  public Message secretLine(String line) {
    Objects.requireNonNull(line, "line");
    return with(new Line(line, true));
  }

  /**
   * Adds a command and its end; its secrets are masked in a transcript.
   *
   * @param command the command
   * @return a message that ends in it
   */
  public Message line(Command command) {
    return with(new CommandLine(Objects.requireNonNull(command, "command")));
  }

  /**
   * Adds data, without a line end after them.
   *
   * @param data any bytes; they are copied
   * @return a message that ends in them
   */
  public Message data(byte[] data) {
    Objects.requireNonNull(data, "data");
    return with(new Data(data.clone(), false));
  }

  /**
   * Adds data that are never shown, neither by a transcript nor by {@link #toString()}.
   *
   * @param data any bytes; they are copied
   * @return a message that ends in them
   */
  public Message secretData(byte[] data) {
    Objects.requireNonNull(data, "data");
    return with(new Data(data.clone(), true));
  }

  /**
   * Writes the message in one write.
   *
   * @param client the client that writes it, in the charset of its options
   * @throws IllegalArgumentException if a line has a character that the charset cannot encode, or contains the
   *     client's {@code lineEnd}, or a command is too long; nothing was written or dialled
   * @throws IOException as {@link LineClient#writeLine(byte[])}
   */
  public void writeTo(LineClient client) throws IOException {
    Objects.requireNonNull(client, "client");
    client.write(this);
  }

  /** Adds everything, as it is sent. */
  void appendTo(LineBytes bytes) {
    for (Piece piece : pieces()) {
      piece.appendTo(bytes);
    }
  }

  void show(Transcript transcript) {
    for (Piece piece : pieces()) {
      piece.show(transcript);
    }
  }

  private Piece[] pieces() {
    Piece[] pieces = new Piece[count];
    for (Message at = this; at.before != null; at = at.before) {
      pieces[at.count - 1] = at.last;
    }
    return pieces;
  }

  /**
   * The message as text for people, in the notation of a {@link Transcript}.
   *
   * @return its lines and data, secrets masked, each with a line feed
   */
  @Override
  public String toString() {
    Transcript shown = Transcript.ofAll();
    show(shown);
    return shown.toString();
  }
}
