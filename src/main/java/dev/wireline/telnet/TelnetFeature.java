package dev.wireline.telnet;

import org.jspecify.annotations.Nullable;

/** A Telnet option (RFC 855) that this library knows; each side has its own. */
public enum TelnetFeature {
  /** Eight-bit data, in which CR is like any other byte (RFC 856). */
  BINARY(0),
  /** The side echoes what it receives (RFC 857). */
  ECHO(1),
  /** The side sends no GA after what it sends (RFC 858). */
  SUPPRESS_GO_AHEAD(3),
  /** The names of the terminal (RFC 1091). */
  TERMINAL_TYPE(24),
  /** The size of the window (RFC 1073). */
  WINDOW_SIZE(31),
  /** Variables, such as the user's name (RFC 1572). */
  NEW_ENVIRON(39);

  private final byte code;

  TelnetFeature(int code) {
    this.code = (byte) code;
  }

  /**
   * Its number on the wire.
   *
   * @return 0 to 255
   */
  public int code() {
    return code & 0xFF;
  }

  static @Nullable TelnetFeature of(byte code) {
    for (TelnetFeature each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return null;
  }
}
