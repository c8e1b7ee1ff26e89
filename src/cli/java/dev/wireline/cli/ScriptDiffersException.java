package dev.wireline.cli;

import java.io.IOException;

/** A server, or a client, said something else than the script. */
final class ScriptDiffersException extends IOException {
  private static final long serialVersionUID = 1;

  ScriptDiffersException(String message) {
    super(message);
  }
}
