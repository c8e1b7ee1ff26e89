package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** An HTTP proxy and, in its tunnel, the https server localhost: both in one, and each tells what it saw. */
final class TlsTunnel implements Closeable {
  private final TestCertificate certificate = TestCertificate.forHosts("localhost");
  private final List<String> outside = new CopyOnWriteArrayList<>();
  private final List<String> inside = new CopyOnWriteArrayList<>();
  private final PeerServer server;

  private TlsTunnel(String challenge, String body) throws IOException {
    server = PeerServer.start(connection -> serve(connection, challenge, body));
  }

  static TlsTunnel start(String body) throws IOException {
    return new TlsTunnel("", body);
  }

  /** One that answers the first request for a tunnel with a challenge, and hangs up behind it. */
  static TlsTunnel challenging(String challenge, String body) throws IOException {
    return new TlsTunnel(challenge, body);
  }

  private void serve(PeerConnection connection, String challenge, String body) throws Exception {
    outside.addAll(connection.readHead());
    if (!challenge.isEmpty() && connection.number() == 1) {
      connection.write(challenge);
      return;
    }
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    connection.startTls(certificate);
    inside.addAll(connection.readHead());
    connection.write(Answers.text(body));
    connection.hold();
  }

  Endpoint endpoint() {
    return server.endpoint();
  }

  SSLContext clientContext() {
    return certificate.clientContext();
  }

  /** What the proxy was told, line by line. */
  List<String> outside() {
    return outside;
  }

  /** What the server in the tunnel was told. */
  List<String> inside() {
    return inside;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
