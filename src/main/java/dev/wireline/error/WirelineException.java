package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An I/O failure that Wireline reports; the root of its exceptions.
 *
 * <p>The message says what was being done with which peer, what happened and the facts, and in brackets the
 * phase and whether the connection still works. Text from the peer appears in it quoted and shortened, never
 * raw.
 */
public abstract class WirelineException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Endpoint endpoint;
  private final Phase phase;

  /** Whether there was a connection when it happened. */
  private final boolean connected;

  /** Whether the connection works; false for good once it was given up. */
  private volatile boolean connectionUsable;

  /** What was said before it; set once, before it is thrown. */
  private transient @Nullable List<String> transcript;

  /**
   * A failure.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param phase the phase to report; where a limit over several phases ran out, that limit's
   * @param happened what happened, with the facts, as the end of a sentence; text from the peer in it is
   *     already quoted
   * @param connectionUsable whether the connection can go on being used
   * @param cause what lies below, or null
   */
  protected WirelineException(
      Endpoint endpoint,
      Activity activity,
      Phase phase,
      String happened,
      boolean connectionUsable,
      @Nullable Throwable cause) {
    super(activity.doing() + " " + endpoint + ": " + happened, cause);
    this.endpoint = endpoint;
    this.phase = phase;
    this.connected = isConnected(activity.phase());
    this.connectionUsable = connectionUsable;
  }

  /**
   * A failure in the activity's own phase, for the exceptions of your own protocol.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, with the facts, as the end of a sentence; text of the peer in it
   *     went through {@link #quoted}
   * @param connectionUsable whether the connection can go on being used
   */
  protected WirelineException(
      Endpoint endpoint, Activity activity, String happened, boolean connectionUsable) {
    this(endpoint, activity, activity.phase(), happened, connectionUsable, null);
  }

  /**
   * Makes text from the peer fit for a message: in double quotes, cut after 80 characters, with everything
   * escaped that a terminal or log would act on.
   *
   * @param text what the peer sent
   * @return the quoted text
   */
  protected static String quoted(String text) {
    return Quoted.text(text);
  }

  /**
   * What was being done, with which peer, what happened, the phase, and whether the connection works.
   *
   * @return one line
   */
  @Override
  public String getMessage() {
    String connection = connectionUsable
        ? "connection still usable"
        : connected ? "connection closed" : "no connection";
    return super.getMessage() + " [" + phase + ", " + connection + "]";
  }

  private static boolean isConnected(Phase phase) {
    return switch (phase) {
      case POOL, RESOLVE, CONNECT -> false;
      default -> true;
    };
  }

  /**
   * The peer.
   *
   * @return the endpoint that was dialled: the client's, or a proxy's on the way to it; null in an
   *     exception that was serialized
   */
  public final Endpoint endpoint() {
    return endpoint;
  }

  /**
   * The part of the connection's life in which it happened; for a timeout, the one that the limit is for.
   *
   * @return the phase
   */
  public final Phase phase() {
    return phase;
  }

  /**
   * The last lines of the conversation before it, if the client kept a transcript; they appear in the stack
   * trace too.
   *
   * @return the lines, oldest first, masked and escaped; empty if no transcript was kept, and in an exception
   *     that was serialized
   */
  public final List<String> transcript() {
    return transcript == null ? List.of() : transcript;
  }

  /**
   * Attaches the last lines of the conversation; for clients, before they throw it. The first call with lines
   * counts.
   *
   * @param lines the lines, the oldest first, masked and escaped
   */
  public final void attachTranscript(List<String> lines) {
    if (transcript == null && !lines.isEmpty()) {
      transcript = List.copyOf(lines);
      addSuppressed(new LastLines(transcript));
    }
  }

  /**
   * Whether the connection can still be used.
   *
   * @return true if nothing was lost or half read; false if the connection is closed, so that every further
   *     call on a {@code LineClient} throws
   */
  public final boolean connectionUsable() {
    return connectionUsable;
  }

  /** Records that the connection was given up because of it; for clients, before they rethrow it. */
  public final void connectionGivenUp() {
    connectionUsable = false;
  }
}
