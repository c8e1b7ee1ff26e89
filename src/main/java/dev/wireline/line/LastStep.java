package dev.wireline.line;

import java.io.IOException;

/** Ends an exchange that stayed open for a stream; see {@link LineClient#openIncoming}. */
@FunctionalInterface
public interface LastStep {
  /**
   * Ends the exchange, for example by reading the peer's last reply. It runs in the thread that reached the end
   * of the stream, or finished or closed it, and may use all methods of the client.
   *
   * @param whole whether the stream was read to its end, or finished; false if it failed or was closed earlier
   * @throws IOException if the peer refuses, or anything else goes wrong; whoever reached the end or closed the
   *     stream gets it
   */
  void run(boolean whole) throws IOException;
}
