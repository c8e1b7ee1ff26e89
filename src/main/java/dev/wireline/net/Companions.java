package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The second connections of a session: they use the first one's address, route, TLS session and terms, and are
 * closed with it. Thread-safe.
 */
final class Companions {
  private final Wire first;
  private final Dialer dialer;
  private final Terms terms;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  Companions(Wire first, Dialer dialer, Terms terms) {
    this.first = first;
    this.dialer = dialer;
    this.terms = terms;
  }

  /** Connects to another port of the same host, through the same proxies, in plaintext. */
  Wire dial(int port) throws WirelineException {
    Endpoint target = at(port);
    InetAddress same = address(first.remoteAddress().orElse(null));
    Dialer near = same == null
        ? dialer
        : dialer.toBuilder().resolver(host -> List.of(same)).build();
    Wire made = wire(near, target);
    made.connect(terms.limit());
    return made;
  }

  /** Listens at the local address of the first connection, for its peer. */
  Acceptor listen() throws WirelineException {
    InetAddress here = address(first.localAddress().orElse(null));
    InetAddress peer = address(first.remoteAddress().orElse(null));
    if (here == null || peer == null || first.isProxied()) {
      throw new IllegalStateException(
          "a peer can call back over TCP without a proxy alone, unlike " + first.endpoint());
    }
    Acceptor acceptor = Acceptor.listen(this, first.endpoint(), dialer, terms, here, peer);
    keep(acceptor);
    return acceptor;
  }

  /** A connection that the peer has made. */
  Wire adopt(SocketChannel channel, int port) throws WirelineException {
    Wire made = wire(dialer, at(port));
    made.adopt(channel);
    return made;
  }

  private Wire wire(Dialer used, Endpoint target) throws WirelineException {
    Wire made = used.wire(target);
    made.terms(terms);
    made.beside(this, first.endpoint());
    keep(made);
    return made;
  }

  private Endpoint at(int port) {
    if (first.endpoint().isUnix()) {
      throw new IllegalStateException(first.endpoint() + " has no other port");
    }
    return Endpoint.tcp(first.endpoint().host(), port);
  }

  /** Registers a new connection; a close that came meanwhile has not seen it. */
  private void keep(Closeable made) throws WirelineException {
    open.add(made);
    try {
      first.checkOpen(Activity.CONNECTING);
    } catch (WirelineException e) {
      Closing.quietly(made);
      throw e;
    }
  }

  private static @Nullable InetAddress address(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet ? internet.getAddress() : null;
  }

  /** Forgets one that was closed by itself. */
  void left(Closeable closed) {
    open.remove(closed);
  }

  void close() {
    open.forEach(Closing::quietly);
  }
}
