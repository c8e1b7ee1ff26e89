package dev.wireline.error;

import java.util.Objects;

/**
 * What a client is doing with its peer, as it appears in an exception's message. Immutable.
 *
 * @param phase the part of the connection's life
 * @param doing the activity with its preposition, so that the peer's name can follow: {@code
 *     "reading a line from"}
 */
public record Activity(Phase phase, String doing) {
  /** Connecting a socket, from the first address to the last. */
  public static final Activity CONNECTING = new Activity(Phase.CONNECT, "connecting to");

  /** Looking up a host name. */
  public static final Activity RESOLVING = new Activity(Phase.RESOLVE, "looking up");

  /** A TLS handshake. */
  public static final Activity SECURING = new Activity(Phase.TLS, "TLS handshake with");

  /** Reading bytes for which no higher layer has a better name. */
  public static final Activity READING = new Activity(Phase.READ, "reading from");

  /** Writing bytes for which no higher layer has a better name. */
  public static final Activity WRITING = new Activity(Phase.WRITE, "writing to");

  /**
   * An activity.
   *
   * @param phase as above
   * @param doing as above
   */
  public Activity {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(doing, "doing");
  }
}
