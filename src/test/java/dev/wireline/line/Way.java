package dev.wireline.line;

import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The three kinds of connection that a test is run over. */
enum Way {
  TCP,
  TLS,
  UNIX;

  PeerServer start(Peer peer) throws IOException {
    PeerServer.Builder builder = PeerServer.builder();
    return switch (this) {
      case TCP -> builder.start(peer);
      case TLS -> builder.tls().start(peer);
      case UNIX -> builder.unix().start(peer);
    };
  }

  /** A dialer that trusts the server, which is asked for its context over TLS alone. */
  Dialer.Builder dialer(Supplier<SSLContext> trust) {
    Dialer.Builder dialer = Dialer.builder();
    return this == TLS ? dialer.tls(Tls.builder().context(trust.get()).build()) : dialer;
  }

  LineOptions.Builder options(Supplier<SSLContext> trust) {
    return LineOptions.builder().dialer(dialer(trust).build());
  }

  LineClient client(PeerServer server) {
    return new LineClient(server.endpoint(), options(server::clientContext).build());
  }

  /** A client whose reads and writes end soon: by silence, or by the time of a whole transfer. */
  LineClient client(PeerServer server, Duration silence, Duration transfer) {
    Dialer dialer = dialer(server::clientContext).silenceTimeout(silence).build();
    return new LineClient(
        server.endpoint(),
        LineOptions.builder().dialer(dialer).transferTimeout(transfer).build());
  }
}
