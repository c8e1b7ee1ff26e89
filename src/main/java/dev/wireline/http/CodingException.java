package dev.wireline.http;

import java.io.IOException;

/** What a decoder of this library throws when a body breaks the rules of its coding. No stack trace. */
final class CodingException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean cut;

  CodingException(String rule) {
    this(rule, false);
  }

  private CodingException(String rule, boolean cut) {
    super(rule);
    this.cut = cut;
  }

  /** The compressed body ends before its coding does. */
  static CodingException cut() {
    return new CodingException("packed data ends where its coding does, and not before", true);
  }

  boolean isCut() {
    return cut;
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
