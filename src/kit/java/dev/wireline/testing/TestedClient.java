package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;

/** Runs the client under test: it connects to a server, does its work, and closes. */
@FunctionalInterface
public interface TestedClient {

  /**
   * Runs the client once.
   *
   * <p>It is called on its own thread, and interrupted if it takes too long.
   *
   * @param server the endpoint of the server
   * @throws Exception if the client does not succeed
   */
  void talk(Endpoint server) throws Exception;
}
