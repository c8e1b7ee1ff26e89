package dev.wireline.http;

import dev.wireline.error.WirelineException;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;

/** What must be so for any input. Cheap, since it is asked millions of times. */
public final class Holds {
  private Holds() {}

  public static void that(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  public static void same(Object one, Object other, String what) {
    if (!one.equals(other)) {
      throw new AssertionError(what + ":\n" + one + "\n" + other);
    }
  }

  /** A refusal that this library documents, which shows no control character. */
  public static void refusal(Exception e) {
    boolean documented = e instanceof MalformedException
        || e instanceof TooLargeException
        || e instanceof WirelineException
        || e instanceof IllegalArgumentException;
    if (!documented) {
      throw new AssertionError("not a documented exception", e);
    }
    printable(e.toString());
  }

  public static void printable(String text) {
    that(text.chars().noneMatch(Character::isISOControl), "a control character stands in " + text);
  }

  /** Text that may stand on one line of a message that goes out. */
  public static void onOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      that(c != '\r' && c != '\n' && c != '\0', "a line end or NUL stands inside");
    }
  }
}
