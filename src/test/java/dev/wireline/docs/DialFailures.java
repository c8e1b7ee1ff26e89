package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** The failures before the first byte of a protocol: look-up, connection, TLS. */
final class DialFailures {
  private static final Duration SHORT = Duration.ofMillis(150);

  private DialFailures() {}

  static List<Failure> all() {
    return List.of(
        new Failure("Unknown host", DialFailures::unknownHost),
        new Failure("Connection refused", DialFailures::refused),
        new Failure("Connecting took too long", DialFailures::connectTimeout),
        new Failure("No address worked", DialFailures::noAddress),
        new Failure("Certificate not trusted", DialFailures::untrusted),
        new Failure("Certificate for another host", DialFailures::otherHost),
        new Failure("Certificate expired", DialFailures::expired),
        new Failure("TLS spoken to a server without TLS", DialFailures::plaintextServer),
        new Failure("TLS handshake took too long", DialFailures::silentHandshake));
  }

  private static void unknownHost() throws IOException {
    Dialer dialer = Dialer.builder()
        .resolver(host -> {
          throw new UnknownHostException(host + ": Name or service not known");
        })
        .build();
    connect(Endpoint.parse("mail.example:25"), dialer);
  }

  private static void refused() throws IOException {
    connect(endpointOfNobody(), Dialer.standard());
  }

  private static void connectTimeout() throws IOException {
    try (FullBacklog server = new FullBacklog()) {
      connect(server.endpoint(), Dialer.builder().connectTimeout(SHORT).build());
    }
  }

  private static void noAddress() throws IOException {
    // TCP has no multicast: the system refuses the second address at once.
    Dialer dialer = Dialer.builder()
        .resolver(host -> List.of(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
            InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, 1})))
        .build();
    connect(Endpoint.tcp("mail.example", endpointOfNobody().port()), dialer);
  }

  private static Endpoint endpointOfNobody() throws IOException {
    try (EchoServer server = EchoServer.start()) {
      return server.endpoint();
    }
  }

  private static void untrusted() throws IOException {
    try (EchoServer server = EchoServer.builder().tls().start()) {
      connect(server.endpoint(), Dialer.standard());
    }
  }

  private static void otherHost() throws IOException {
    secure(TestCertificate.onlyForHost("mail.example"));
  }

  private static void expired() throws IOException {
    secure(TestCertificate.expired());
  }

  private static void secure(TestCertificate certificate) throws IOException {
    try (EchoServer server = EchoServer.builder().tls(certificate).start()) {
      Tls tls = Tls.builder().trust(certificate.authority()).build();
      connect(server.endpoint(), Dialer.builder().tls(tls).build());
    }
  }

  private static void plaintextServer() throws IOException {
    Peer peer = connection -> {
      connection.write("220 mail.example ready\r\n");
      connection.hold();
    };
    try (PeerServer server = PeerServer.start(peer)) {
      connect(server.endpoint().withTls(true), Dialer.standard());
    }
  }

  private static void silentHandshake() throws IOException {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      connect(
          server.endpoint().withTls(true), Dialer.builder().tlsTimeout(SHORT).build());
    }
  }

  private static void connect(Endpoint endpoint, Dialer dialer) throws IOException {
    LineOptions options = LineOptions.builder().dialer(dialer).build();
    try (LineClient client = new LineClient(endpoint, options)) {
      client.connect();
    }
  }
}
