package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The way to a real server. Immutable. */
final class Uplink {

  private static final byte[] NOTHING = {};

  private final Endpoint server;
  private final @Nullable SSLContext context;

  /** The context says whom to trust; null is the default of the JDK. */
  Uplink(Endpoint server, @Nullable SSLContext context) {
    this.server = server;
    this.context = context;
  }

  ChannelLink dial() throws IOException {
    SocketAddress address = server.path().isPresent()
        ? UnixDomainSocketAddress.of(server.path().get())
        : new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
    return ChannelLink.over(SocketChannel.open(address));
  }

  /** Puts TLS on a connection where the server speaks it. */
  Link secured(ChannelLink channel) throws IOException {
    if (!server.isTls()) {
      return channel;
    }
    TlsLink tls = new TlsLink(channel, engine(), NOTHING);
    tls.handshake();
    return tls;
  }

  private SSLEngine engine() {
    try {
      SSLContext used = context == null ? SSLContext.getDefault() : context;
      SSLEngine engine = used.createSSLEngine(server.host(), server.port());
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
      return engine;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform cannot set up TLS", e);
    }
  }
}
