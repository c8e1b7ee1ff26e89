package dev.wireline.ftp;

/** Who connects for the data of a transfer. */
public enum FtpMode {
  /**
   * The client, to a port that the server tells by EPSV (RFC 2428, section 3), or by PASV if the server does not
   * know that. Of what PASV tells, the port alone is believed.
   */
  PASSIVE,

  /** The same, by PASV alone: for firewalls that do not let EPSV through. */
  PASV,

  /**
   * The server, to a port that the client tells by EPRT, or by PORT if the server does not know that. The client
   * has to be reachable for the server.
   */
  ACTIVE
}
