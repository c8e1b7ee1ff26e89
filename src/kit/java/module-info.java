/**
 * Real servers for testing clients: scripted and recorded conversations, raw answers, files, echoes and hostile
 * peers, on loopback ports or Unix-domain sockets.
 *
 * <p>It tests clients of any library and runs in any test framework: failures are {@link AssertionError}s. It
 * shares nothing with Wireline's clients except {@code dev.wireline.endpoint}, with which servers say where
 * they listen.
 *
 * <p>It is a separate module in a separate jar, so that no test server is on the class path of a program in
 * production.
 */
module dev.wireline.testing {
  requires transitive dev.wireline;
  requires static org.jspecify;

  exports dev.wireline.testing;
}
