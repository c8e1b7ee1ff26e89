package dev.wireline.cli;

import java.io.Console;
import java.util.Arrays;

/** A name and a password. */
record Login(String name, String password) {
  /** Both in one, as on a command line; a password that is not there is asked for. */
  @SuppressWarnings("SystemConsoleNull")
  static Login of(String text, Streams streams) {
    int colon = text.indexOf(':');
    if (colon >= 0) {
      return new Login(text.substring(0, colon), text.substring(colon + 1));
    }
    Console console = streams.inIsTerminal() ? System.console() : null;
    char[] typed = console == null ? null : console.readPassword("Password of %s: ", text);
    if (typed == null) {
      throw new IllegalArgumentException("there is no password, and no terminal to ask for one");
    }
    String password = new String(typed);
    Arrays.fill(typed, ' ');
    return new Login(text, password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "the login of " + name;
  }
}
