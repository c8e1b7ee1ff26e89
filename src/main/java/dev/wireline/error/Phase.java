package dev.wireline.error;

/** The part of a connection's life in which something happens. */
public enum Phase {
  /** A place in a pool of connections is being waited for. */
  POOL,
  /** A host name is being looked up. */
  RESOLVE,
  /** A socket is being connected. */
  CONNECT,
  /** A proxy is being asked for a tunnel. */
  PROXY,
  /** A TLS handshake is under way. */
  TLS,
  /** Bytes are being written. */
  WRITE,
  /** Bytes are being read: a line, or a number of bytes. */
  READ,
  /** The head of a response is being read. */
  HEAD,
  /** The body of a response is being read. */
  BODY,
  /** A whole call, from name look-up to the last byte; a limit that spans several of the others. */
  CALL
}
