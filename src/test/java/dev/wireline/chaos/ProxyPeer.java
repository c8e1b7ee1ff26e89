package dev.wireline.chaos;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An HTTP proxy that wants a proof for each tunnel, and is itself what the tunnel leads to. */
final class ProxyPeer implements Peer {
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private final TestCertificate certificate;
  private final Map<String, Boolean> secure = new ConcurrentHashMap<>();

  ProxyPeer(TestCertificate certificate) {
    this.certificate = certificate;
  }

  /** What a tunnel to that port leads to. */
  void leadsTo(int port, boolean tls, Peer peer) {
    secure.put(String.valueOf(port), tls);
    peers.put(String.valueOf(port), peer);
  }

  @Override
  public void talk(PeerConnection client) throws Exception {
    try {
      List<String> head = client.readHead();
      if (head == null) {
        return;
      }
      if (head.stream().noneMatch(line -> line.startsWith("Proxy-Authorization: Digest "))) {
        client.write(
            "HTTP/1.1 407 Who\r\nContent-Length: 0\r\nProxy-Authenticate: Digest realm=\"r\","
                + " nonce=\"" + client.number() + "\", qop=\"auth\"\r\n\r\n");
        return;
      }
      String authority = head.get(0).split(" ", -1)[1];
      String port = authority.substring(authority.lastIndexOf(':') + 1);
      Peer peer = peers.get(port);
      client.write("HTTP/1.1 " + (peer == null ? "403 No" : "200 Go") + "\r\n\r\n");
      if (peer != null) {
        if (secure.getOrDefault(port, false)) {
          client.startTls(certificate);
        }
        peer.talk(client);
      }
    } catch (IOException e) {
      // Clients hang up as they like.
      return;
    }
  }
}
