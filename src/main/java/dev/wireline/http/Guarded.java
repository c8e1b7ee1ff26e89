package dev.wireline.http;

/**
 * The credentials for one origin and what that origin has told of its realms. Thread-safe.
 *
 * @param credentials the credentials
 * @param realms what is known, kept for as long as the agent lives
 */
record Guarded(Credentials credentials, Realms realms) {
  /** Without the credentials. */
  @Override
  public String toString() {
    return credentials.toString();
  }
}
