package dev.wireline.ftp;

/** Who opens the data connection of a transfer. */
public enum FtpMode {
  /**
   * The client, to a port that the server gives by EPSV (RFC 2428, section 3), or by PASV if the server does
   * not know that. Only the port in the answer to PASV is used, not the address.
   */
  PASSIVE,

  /** As PASSIVE, but only by PASV: for firewalls that do not let EPSV through. */
  PASV,

  /**
   * The server, to a port that the client gives by EPRT, or by PORT if the server does not know that. The
   * client must be reachable from the server.
   */
  ACTIVE
}
