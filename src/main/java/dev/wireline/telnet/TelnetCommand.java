package dev.wireline.telnet;

/** A Telnet command that a client can send (RFC 854). */
public enum TelnetCommand {
  /** Does nothing; shows whether the connection is alive. */
  NOP(241),
  /** Break, as a key of the terminal. */
  BREAK(243),
  /** Interrupts the program. */
  INTERRUPT_PROCESS(244),
  /** Drops the output of the program, which keeps running. */
  ABORT_OUTPUT(245),
  /** Are you there: the peer answers with a text that people can see. */
  ARE_YOU_THERE(246),
  /** Erases the last character. */
  ERASE_CHARACTER(247),
  /** Erases the line. */
  ERASE_LINE(248);

  private final byte code;

  TelnetCommand(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }
}
