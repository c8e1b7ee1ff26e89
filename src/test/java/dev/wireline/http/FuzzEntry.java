package dev.wireline.http;

/** Where Jazzer, a coverage-guided fuzzer, enters; it looks for these methods by their names. */
public final class FuzzEntry {
  private static volatile FuzzTarget target = FuzzTarget.RESPONSE;

  private FuzzEntry() {}

  /** Takes the name of the target. */
  public static void fuzzerInitialize(String[] args) {
    target = FuzzTarget.ofFile(args[0]);
  }

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
