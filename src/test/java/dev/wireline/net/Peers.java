package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The servers that thousands of connections are made to, one for each behaviour. */
final class Peers implements Closeable {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Peer SILENT = client -> client.awaitClosedByPeer(SOON);
  private static final Peer CLOSING = client -> client.read();
  private static final Peer CUTTING = client -> {
    client.read();
    client.closeWithoutNotify();
  };
  private static final Peer RESETTING = client -> {
    client.read();
    client.reset();
  };
  private static final Peer TALKING = client -> {
    client.write(new byte[100]);
    client.awaitClosedByPeer(SOON);
  };

  private final List<PeerServer> servers = new ArrayList<>();
  private final ClosedPort closedPort = ClosedPort.on("127.0.0.1");
  final Endpoint silent = add(Carrier.TCP, SILENT);
  final Endpoint closing = add(Carrier.TCP, CLOSING);
  final Endpoint resetting = add(Carrier.TCP, RESETTING);
  final Endpoint talking = add(Carrier.TCP, TALKING);
  final Endpoint silentUnix = add(Carrier.UNIX, SILENT);
  final Endpoint closingUnix = add(Carrier.UNIX, CLOSING);
  final Endpoint silentTls = add(Carrier.TLS_1_3, SILENT);
  final Endpoint closingTls = add(Carrier.TLS_1_3, CLOSING);
  final Endpoint cuttingTls = add(Carrier.TLS_1_3, CUTTING);
  final Endpoint talkingTls = add(Carrier.TLS_1_3, TALKING);
  final Endpoint untrusted;
  final Endpoint garbling =
      add(Carrier.TCP, client -> client.write("220 no TLS here\r\n")).withTls(true);
  final Endpoint refusing = closedPort.endpoint();

  Peers() throws IOException {
    PeerServer other = PeerServer.builder().tls(TestCertificate.forHosts()).start(SILENT);
    servers.add(other);
    untrusted = other.endpoint();
  }

  private Endpoint add(Carrier carrier, Peer peer) throws IOException {
    PeerServer server = carrier.serve(peer);
    servers.add(server);
    return server.endpoint();
  }

  @Override
  public void close() throws IOException {
    servers.forEach(PeerServer::close);
    closedPort.close();
  }
}
