package dev.wireline.net;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A socket address as messages show it: {@code 127.0.0.1:80}, {@code [::1]:80}. */
final class AddressText {
  private AddressText() {}

  static String of(SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      boolean six = inet.getAddress() instanceof Inet6Address;
      return (six ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
    return address.toString();
  }
}
