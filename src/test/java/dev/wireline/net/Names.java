package dev.wireline.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** A resolver that gives the same addresses for every name and notes what it was asked. */
final class Names implements Resolver {
  private final List<InetAddress> addresses = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  static Names of(String... addresses) throws UnknownHostException {
    Names names = new Names();
    for (String address : addresses) {
      names.addresses.add(address(address));
    }
    return names;
  }

  /** The address that a literal stands for. */
  static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    asked.add(host + " in " + Thread.currentThread().getName());
    return addresses;
  }

  /** Each name with the thread that asked. */
  List<String> asked() {
    return asked;
  }
}
