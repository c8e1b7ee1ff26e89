package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.internal.Ascii;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hosts that are reached without a proxy. Immutable. */
final class NoProxy {
  private static final int MAPPED_PREFIX_BITS = 96;

  static final NoProxy NOTHING = new NoProxy(List.of());

  private final List<Entry> entries;

  private NoProxy(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * An entry of the list.
   *
   * @param host a name without a dot before it, or an address; {@code *} for all
   * @param port the port, or 0 for all
   * @param bits how many bits of an address count, or -1 for all of them
   */
  private record Entry(String host, int port, int bits) {
    boolean covers(Endpoint endpoint) {
      if (port != 0 && port != endpoint.port()) {
        return false;
      }
      String other = endpoint.host();
      return host.equals("*")
          || other.equals(host)
          || (!endpoint.isAddress() && other.endsWith("." + host))
          || (endpoint.isAddress() && coversAddress(other));
    }

    private boolean coversAddress(String address) {
      byte[] mine = address(host);
      byte[] other = address(address);
      if (mine == null || other == null || mine.length != other.length) {
        return false;
      }
      int count = bits < 0 ? mine.length * 8 : Math.min(bits, mine.length * 8);
      for (int i = 0; i < count; i++) {
        int mask = 0x80 >> (i % 8);
        if (((mine[i / 8] ^ other[i / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** The bytes of an address literal, or null for a name, which is never looked up. */
  private static byte @Nullable [] address(String text) {
    try {
      boolean literal = Endpoint.tcp(text, 1).isAddress();
      return literal ? InetAddress.getByName(text).getAddress() : null;
    } catch (IllegalArgumentException | UnknownHostException e) {
      return null;
    }
  }

  /** Reads a list as in NO_PROXY; an entry that makes no sense covers nothing. */
  static NoProxy parse(String list) {
    List<Entry> entries = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= list.length(); i++) {
      boolean end = i == list.length() || list.charAt(i) == ',' || list.charAt(i) <= ' ';
      if (end) {
        if (i > from) {
          Entry entry = entry(list.substring(from, i));
          if (entry != null) {
            entries.add(entry);
          }
        }
        from = i + 1;
      }
    }
    return new NoProxy(List.copyOf(entries));
  }

  private static @Nullable Entry entry(String text) {
    String host = text;
    int bits = -1;
    int slash = host.indexOf('/');
    if (slash >= 0) {
      bits = (int) Ascii.decimal(host.substring(slash + 1), 128);
      host = host.substring(0, slash);
    }
    int port = 0;
    int colon = host.lastIndexOf(':');
    boolean bracketed = host.startsWith("[");
    if (colon >= 0 && (host.indexOf(':') == colon || host.indexOf("]:") == colon - 1)) {
      port = (int) Ascii.decimal(host.substring(colon + 1), 65_535);
      host = host.substring(0, colon);
      if (port <= 0) {
        return null;
      }
    }
    if (bracketed && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    String canonical = canonical(withoutDots(host));
    boolean sensible = slash < 0 || (bits >= 0 && address(canonical) != null);
    return sensible && !canonical.isEmpty()
        ? new Entry(canonical, port, ownBits(host, canonical, bits))
        : null;
  }

  /** An IPv4-mapped address (RFC 4291, section 2.5.5.2) is the IPv4 one, which lacks the prefix. */
  private static int ownBits(String written, String canonical, int bits) {
    byte[] address = address(canonical);
    boolean mapped = address != null && address.length == 4 && written.indexOf(':') >= 0;
    return mapped && bits >= 0 ? Math.max(0, bits - MAPPED_PREFIX_BITS) : bits;
  }

  /** A host as an endpoint writes it, with international names in ASCII; an empty string if it is not one. */
  private static String canonical(String host) {
    try {
      return host.equals("*") ? host : Endpoint.tcp(host, 1).host();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String withoutDots(String host) {
    String name = host.startsWith("*.") ? host.substring(1) : host;
    name = name.startsWith(".") ? name.substring(1) : name;
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  boolean covers(Endpoint endpoint) {
    for (Entry entry : entries) {
      if (entry.covers(endpoint)) {
        return true;
      }
    }
    return false;
  }
}
