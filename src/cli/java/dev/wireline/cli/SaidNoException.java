package dev.wireline.cli;

import java.io.IOException;

/** A server refused what was asked for. */
final class SaidNoException extends IOException {
  private static final long serialVersionUID = 1;

  SaidNoException(String message) {
    super(message);
  }
}
