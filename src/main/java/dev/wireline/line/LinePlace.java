package dev.wireline.line;

/** Where in a line the next byte of a text stands. */
enum LinePlace {
  /** It is the first of a line. */
  START,

  /** Behind a CR, which may be the first half of a line's end. */
  AFTER_CR,

  /** Anywhere else. */
  WITHIN
}
