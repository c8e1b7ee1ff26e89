package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** How a TLS connection ended, as the engine of a client sees it: SSLSocket does not tell. */
final class TlsEnd {

  private TlsEnd() {}

  /** Connects, sends a text, reads to the end, and tells whether a close_notify came. */
  static boolean isNotified(Endpoint server, SSLContext context, String text) throws IOException {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    ChannelLink below = ChannelLink.over(SocketChannel.open(address));
    try {
      SSLEngine engine = context.createSSLEngine(server.host(), server.port());
      engine.setUseClientMode(true);
      TlsLink client = new TlsLink(below, engine, new byte[0]);
      client.handshake();
      client.write(Latin1.bytes(text), 0, text.length());
      byte[] target = new byte[16];
      int count = 0;
      while (count >= 0) {
        count = client.read(target, 0, target.length);
      }
      return engine.isInboundDone();
    } finally {
      below.close();
    }
  }
}
