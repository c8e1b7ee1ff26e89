/**
 * Real servers for tests of clients: scripted conversations, recorded ones, raw answers, files, echoes and
 * hostile peers, on loopback ports or Unix-domain sockets.
 *
 * <p>It tests clients of any library and runs in any test framework: what fails is an {@link
 * AssertionError}. It shares nothing with Wireline's clients but {@code dev.wireline.endpoint}, in which
 * servers say where they listen.
 *
 * <p>A module of its own, in a jar of its own, so that no server is in the class path of a program that
 * runs in production.
 */
module dev.wireline.testing {
  requires transitive dev.wireline;
  requires static org.jspecify;

  exports dev.wireline.testing;
}
