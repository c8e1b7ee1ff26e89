package dev.wireline.line;

/** Where in a line the next byte of a text is. */
enum LinePlace {
  /** The first of a line. */
  START,

  /** After a CR, which may be the first half of a line end. */
  AFTER_CR,

  /** Anywhere else. */
  WITHIN
}
