package dev.wireline.docs;

/**
 * A failure that a user meets, provoked against a real server. Immutable.
 *
 * @param name its name in the golden file and its heading in the guide
 * @param provocation ends with the exception
 */
record Failure(String name, Provocation provocation) {

  /** A use of the library that fails. */
  @FunctionalInterface
  interface Provocation {
    void run() throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }
}
