package dev.wireline.testing;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tape of one conversation, which is written out as a script.
 *
 * <p>Thread-safe. It is for a client that talks with a server itself; a {@link Recorder} stands between the two. The
 * script is in the notation of {@link ScriptedServer}, and both it and a {@link ScriptedClient} play it: lines that end
 * with CRLF and hold printable UTF-8 stand as {@code S:} and {@code C:} lines, anything else as {@code S>} and {@code
 * C>}.
 */
public final class ScriptTape {

  private static final String SECRET = "{secret*}";

  private final Guard guard = new Guard();
  private final AtomicLong room;
  private final Tape tape;
  private final Secrets ofClient = new Secrets();

  /**
   * An empty tape.
   *
   * @param maxBytes how much of both sides it has room for
   * @param secretStarts starts of lines of the client, none of them empty, such as {@code "PASS "}; case does not
   *     matter. The rest of such a line stands as <code>{secret*}</code>
   * @throws IllegalArgumentException if a start is empty
   */
  public ScriptTape(int maxBytes, String... secretStarts) {
    room = new AtomicLong(maxBytes);
    tape = new Tape(guard, room);
    ofClient.addStarts(secretStarts);
  }

  /**
   * Takes what the client says.
   *
   * @param bytes an array with it
   * @param from where it begins
   * @param count how many bytes it has
   */
  public void clientSaid(byte[] bytes, int from, int count) {
    tape.clientSaid(Arrays.copyOfRange(bytes, from, from + count), count);
  }

  /**
   * Takes what the server says.
   *
   * @param bytes an array with it
   * @param from where it begins
   * @param count how many bytes it has
   */
  public void serverSaid(byte[] bytes, int from, int count) {
    tape.serverSaid(Arrays.copyOfRange(bytes, from, from + count), count);
  }

  /** Notes that the client says nothing more; what the server does to the connection then is its answer to that. */
  public void clientEnded() {
    tape.clientEnded();
  }

  /** Notes that the server says nothing more, before the client hung up. */
  public void serverEnded() {
    tape.serverEnded(Action.CLOSE);
  }

  /**
   * Whether nothing was said and nobody ended.
   *
   * @return true if there is nothing to be written
   */
  public boolean isEmpty() {
    return tape.isEmpty();
  }

  /**
   * What was said so far, without the secrets.
   *
   * @return a script that can be played, a line feed behind each line
   * @throws IllegalStateException if more was said than there is room for
   */
  public String script() {
    if (room.get() < 0) {
      throw new IllegalStateException("more was said than the tape has room for");
    }
    return guard.read(() -> tape.script(ofClient, new Secrets(), SECRET));
  }
}
