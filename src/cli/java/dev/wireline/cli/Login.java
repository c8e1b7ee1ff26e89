package dev.wireline.cli;

/** A name and a password. */
record Login(String name, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "the login of " + name;
  }
}
