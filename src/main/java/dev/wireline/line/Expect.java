package dev.wireline.line;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Bounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Waits for prompts, which have no line end, such as {@code login: } or {@code $ }.
 *
 * <pre>{@code
 * Expect expect = Expect.of(client).withTimeout(Duration.ofSeconds(10));
 * expect.text("login: ");
 * client.writeLine("joe");
 * Expect.Found found = expect.any("Password: ", "$ ");
 * if (found.index() == 0) { ... }
 * }</pre>
 *
 * <p>The first text to be complete is found and, of several that end at the same byte, the longest; so the
 * result does not depend on how the input is split. Everything up to the end of the text is consumed; what
 * follows it is for the next read.
 *
 * <p>The settings are immutable: each method that changes one returns another object for the same client.
 */
public final class Expect {
  /** The default limit of bytes that are read for one prompt, including the prompt: 64 KiB. */
  public static final int MAX_BYTES = 64 * 1024;

  private final LineClient client;
  private final int maxBytes;

  /** How long to wait for a prompt; empty for the transfer timeout of the client. */
  private final Optional<Duration> time;

  private Expect(LineClient client, int maxBytes, Optional<Duration> time) {
    this.client = client;
    this.maxBytes = maxBytes;
    this.time = time;
  }

  /**
   * What was found. Immutable.
   *
   * @param index its place among the wanted texts, from 0
   * @param text the text
   * @param before what came before it, including line ends; may be empty
   */
  public record Found(int index, String text, String before) {
    /**
     * What was found.
     *
     * @param index as above
     * @param text as above
     * @param before as above
     */
    public Found {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(before, "before");
    }
  }

  /**
   * Creates an object that waits for prompts of a client's peer. Does no I/O.
   *
   * @param client who reads
   * @return an object that waits for each at most the client's transfer timeout
   */
  public static Expect of(LineClient client) {
    return new Expect(Objects.requireNonNull(client, "client"), MAX_BYTES, Optional.empty());
  }

  /**
   * This object with a timeout of its own.
   *
   * @param value how long to wait for one prompt, in place of the client's transfer timeout; more than zero
   * @return an object with that timeout
   * @throws IllegalArgumentException if it is zero or less
   */
  public Expect withTimeout(Duration value) {
    Bounds.positive("expectTimeout", Objects.requireNonNull(value, "value"));
    return new Expect(client, maxBytes, Optional.of(value));
  }

  /**
   * This object with another limit.
   *
   * @param value the most bytes that are read for one prompt, including the prompt, 1 or more
   * @return an object with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Expect withMaxBytes(int value) {
    return new Expect(client, Bounds.check("maxExpectBytes", value), time);
  }

  /**
   * Waits for one text.
   *
   * @param wanted the text, at least one character
   * @return where it was found
   * @throws IOException as {@link #any}
   */
  public Found text(String wanted) throws IOException {
    Objects.requireNonNull(wanted, "wanted");
    return any(wanted);
  }

  /**
   * Waits for one of several texts. The timeout limits the whole wait; the silence timeout does not apply.
   *
   * @param wanted the texts, at least one, each of at least one character
   * @return which was found
   * @throws IllegalArgumentException if there are none, or one is empty or has a character that the client's
   *     charset cannot encode; nothing was read
   * @throws DeadlineExceededException if none came in time; the message shows what came last; the client is
   *     BROKEN
   * @throws LimitExceededException if none came within the limit of bytes; the client is BROKEN
   * @throws ConnectionClosedException if the peer hung up first; it holds the bytes that came; the client is
   *     BROKEN
   * @throws PeerProtocolException if what came before the prompt is not text in the charset; it is consumed
   *     with the prompt, and the client stays usable
   * @throws IOException as {@link LineClient#readLine()}
   */
  public Found any(String... wanted) throws IOException {
    Objects.requireNonNull(wanted, "wanted");
    String setting = time.isPresent() ? "expectTimeout" : "transferTimeout";
    return new PromptSearch(client, patterns(wanted), maxBytes)
        .find(wanted, time.orElse(client.options().transferTimeout()), setting);
  }

  /**
   * Waits for one of several texts for a given time, and breaks nothing if none comes: everything that came
   * stays for the next read. The silence timeout does not apply.
   *
   * @param wait how long; zero or less only looks
   * @param wanted as {@link #any}
   * @return which was found, or empty if none came in time
   * @throws IOException as {@link #any}, except for the timeout
   */
  public Optional<Found> poll(Duration wait, String... wanted) throws IOException {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(wait, "wait");
    return new PromptSearch(client, patterns(wanted), maxBytes).poll(wanted, wait);
  }

  private List<byte[]> patterns(String... wanted) {
    if (wanted.length == 0) {
      throw new IllegalArgumentException("at least one text has to be waited for");
    }
    List<byte[]> patterns = new ArrayList<>(wanted.length);
    for (String text : wanted) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("a text that is waited for must not be empty");
      }
      ByteBuffer encoded = LineBytes.encode(text, client.options().charset(), "a prompt");
      byte[] pattern = new byte[encoded.remaining()];
      encoded.get(pattern);
      patterns.add(pattern);
    }
    return patterns;
  }
}
