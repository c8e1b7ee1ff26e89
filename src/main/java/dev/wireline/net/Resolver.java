package dev.wireline.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Turns a host name into addresses.
 *
 * <p>Your own resolver runs in the dialling thread and must limit its own waits. Without one, the JDK's look-up
 * runs on a daemon thread for as long as it takes, since it cannot be cancelled, and the dialling thread stops
 * waiting for it at its deadline.
 */
@FunctionalInterface
public interface Resolver {
  /**
   * Looks up a name. Never called for an address literal.
   *
   * @param host a name in lower-case ASCII
   * @return the addresses, in order of preference within each family
   * @throws java.net.UnknownHostException if the name has no address
   * @throws IOException if the look-up failed
   */
  List<InetAddress> resolve(String host) throws IOException;
}
