package dev.wireline.http;

import java.io.IOException;

/** What a decoder of this library throws when a body breaks the rules of its coding. No stack trace. */
final class CodingException extends IOException {
  private static final long serialVersionUID = 1;

  private static final String CUT = "packed data ends where its coding does, and not before";

  CodingException(String rule) {
    super(rule);
  }

  /** The compressed body ends before its coding does. */
  static CodingException cut() {
    return new CodingException(CUT);
  }

  boolean isCut() {
    return CUT.equals(getMessage());
  }

  String rule() {
    return String.valueOf(getMessage());
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }
}
