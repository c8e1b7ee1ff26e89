package dev.wireline.net;

/** The state of a connection. */
public enum ConnectionState {
  /** Not dialled yet, or the dial failed, or closed on purpose between two exchanges. */
  NEW,
  /** Connected; greeted, or about to be. */
  OPEN,
  /** Given up after a failure. */
  BROKEN,
  /** Closed for good, by closing the client, the wire or one of its streams. */
  CLOSED
}
