package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;

/** A run of the client under test: it connects to a server, does its work, and closes. */
@FunctionalInterface
public interface TestedClient {

  /**
   * Runs the client once.
   *
   * <p>It is called on a thread of its own, and interrupted when it takes too long.
   *
   * @param server where the server listens
   * @throws Exception if the client does not succeed
   */
  void talk(Endpoint server) throws Exception;
}
