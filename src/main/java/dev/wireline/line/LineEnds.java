package dev.wireline.line;

/** Which bytes end a line that comes in. A line that goes out always ends in CRLF. */
public enum LineEnds {
  /**
   * CRLF alone, as RFC 5321 section 2.3.8 has it; a bare LF is part of the line. <b>Strict:</b> for
   * protocols in which a tolerated bare LF would let a message hide commands.
   */
  CRLF,

  /**
   * CRLF or a bare LF; a bare CR is part of the line. The default. <b>Lenient:</b> servers that send
   * a bare LF are common, and no byte is read twice for it.
   */
  CRLF_OR_LF,

  /**
   * CRLF, a bare LF or a bare CR. <b>Lenient:</b> for peers that relay bare CR, when asked for alone.
   */
  ANY
}
