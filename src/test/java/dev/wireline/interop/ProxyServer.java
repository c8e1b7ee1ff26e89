package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;

/** A proxy on two ports of the loopback interface. */
interface ProxyServer extends AutoCloseable {
  /** The user whom the closed port serves. */
  String USER = "member";

  /** The password of that user. */
  String PASSWORD = "sesame-7";

  /** The port that serves everybody. */
  Endpoint open();

  /** The port that serves one user alone. */
  Endpoint closed();

  @Override
  void close() throws IOException;
}
