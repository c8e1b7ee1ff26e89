package dev.wireline.testing;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records one conversation, to be written out as a script.
 *
 * <p>Thread-safe. It is for a client that talks to a server itself; to record from in between, use a {@link
 * Recorder}. The script is in the notation of {@link ScriptedServer}, and both that and a {@link
 * ScriptedClient} can play it: lines of printable UTF-8 that end with CRLF become {@code S:} and {@code C:}
 * lines, anything else {@code S>} and {@code C>}.
 */
public final class ScriptTape {

  private static final String SECRET = "{secret*}";

  private final Guard guard = new Guard();
  private final AtomicLong room;
  private final Tape tape;
  private final Secrets ofClient = new Secrets();

  /**
   * Creates an empty tape.
   *
   * @param maxBytes the most bytes to record, of both sides together
   * @param secretStarts prefixes of secret client lines, none of them empty, such as {@code "PASS "}; case does
   *     not matter. The rest of such a line is recorded as <code>{secret*}</code>
   * @throws IllegalArgumentException if a start is empty
   */
  public ScriptTape(int maxBytes, String... secretStarts) {
    room = new AtomicLong(maxBytes);
    tape = new Tape(guard, room);
    ofClient.addStarts(secretStarts);
  }

  /**
   * Records what the client says.
   *
   * @param bytes an array that contains it
   * @param from where it begins
   * @param count how many bytes it has
   */
  public void clientSaid(byte[] bytes, int from, int count) {
    tape.clientSaid(Arrays.copyOfRange(bytes, from, from + count), count);
  }

  /**
   * Records what the server says.
   *
   * @param bytes an array that contains it
   * @param from where it begins
   * @param count how many bytes it has
   */
  public void serverSaid(byte[] bytes, int from, int count) {
    tape.serverSaid(Arrays.copyOfRange(bytes, from, from + count), count);
  }

  /**
   * Records that the client has stopped sending; what the server does to the connection afterwards is its
   * answer to that.
   */
  public void clientEnded() {
    tape.clientEnded();
  }

  /** Records that the server has stopped sending, before the client hung up. */
  public void serverEnded() {
    tape.serverEnded(Action.CLOSE);
  }

  /**
   * Whether nothing was said and neither side has ended.
   *
   * @return true if there is nothing to write
   */
  public boolean isEmpty() {
    return tape.isEmpty();
  }

  /**
   * What was said so far, without the secrets.
   *
   * @return a playable script, with a line feed after each line
   * @throws IllegalStateException if more was said than there is room for
   */
  public String script() {
    if (room.get() < 0) {
      throw new IllegalStateException("more was said than the tape has room for");
    }
    return guard.read(() -> tape.script(ofClient, new Secrets(), SECRET));
  }
}
