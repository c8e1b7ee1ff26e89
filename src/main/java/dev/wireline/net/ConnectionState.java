package dev.wireline.net;

/** Where a connection is in its life. */
public enum ConnectionState {
  /** Not dialled yet, or the dial failed, or hung up on purpose. */
  NEW,
  /** Connected; greeted, or about to be. */
  OPEN,
  /** Given up after a failure. */
  BROKEN,
  /** Closed for good, or by a close of the wire or of one of its streams. */
  CLOSED
}
