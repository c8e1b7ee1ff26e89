package dev.wireline.chaos;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server of FTP, whose files have the names of what is asked for. */
final class FtpPeer implements Peer {
  /** Between the words of such a name. */
  static final String BETWEEN = "_";

  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final @Nullable TestCertificate certificate;
  private final Consumer<Endpoint> known;

  /**
   * A server.
   *
   * @param certificate for the data; null for data in the clear
   * @param known hears where the data goes
   */
  FtpPeer(@Nullable TestCertificate certificate, Consumer<Endpoint> known) {
    this.certificate = certificate;
    this.known = known;
  }

  @Override
  public void talk(PeerConnection client) {
    try (Session session = new Session(client)) {
      session.say("220 ready");
      for (String line = client.readLine(); line != null; line = client.readLine()) {
        session.answer(line);
      }
    } catch (IOException e) {
      // Clients hang up as they like.
      return;
    }
  }

  private final class Session implements AutoCloseable {
    private final PeerConnection client;
    private final BlockingQueue<PeerConnection> arrived = new LinkedBlockingQueue<>();
    private @Nullable PeerServer data;
    private String stored = "nothing";

    Session(PeerConnection client) {
      this.client = client;
    }

    void say(String line) throws IOException {
      client.write(line + "\r\n");
    }

    void answer(String line) throws IOException {
      int blank = line.indexOf(' ');
      String verb = blank < 0 ? line : line.substring(0, blank);
      String name = line.substring(blank + 1);
      switch (verb) {
        case "USER" -> say("331 password");
        case "PASS" -> say("230 welcome");
        case "TYPE", "PBSZ", "PROT" -> say("200 ok");
        case "PWD" -> say("257 \"/pub\"");
        case "STAT" -> say("211 " + stored);
        case "EPSV" -> listen();
        case "RETR" -> send(Ask.parse(List.of(name.split(BETWEEN, -1))));
        case "STOR" -> receive(Ask.parse(List.of(name.split(BETWEEN, -1))));
        default -> say("502 no");
      }
    }

    private void listen() throws IOException {
      close();
      arrived.clear();
      PeerServer.Builder builder = PeerServer.builder();
      if (certificate != null) {
        builder.tls(certificate);
      }
      PeerServer started = builder.start(caller -> {
        arrived.add(caller);
        caller.hold();
      });
      data = started;
      known.accept(started.endpoint());
      say("229 go (|||" + started.port() + "|)");
    }

    private @Nullable PeerConnection begun() throws IOException {
      say("150 go");
      try {
        return arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private void send(Ask ask) throws IOException {
      PeerConnection caller = begun();
      boolean whole = caller != null && isSent(caller, ask);
      say(whole ? "226 done" : "426 cut");
    }

    private static boolean isSent(PeerConnection caller, Ask ask) {
      try (caller) {
        return ask.ending().send(caller, Item.bytes(ask.text()), ask.cut());
      } catch (IOException e) {
        return false;
      }
    }

    private void receive(Ask ask) throws IOException {
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      stored = "nothing";
      try (PeerConnection caller = begun()) {
        if (caller == null || !isReceived(caller, ask, got)) {
          say("426 cut");
          return;
        }
      }
      stored = Item.receipt(ask.token(), got.toByteArray());
      say("226 done");
    }

    private static boolean isReceived(PeerConnection caller, Ask ask, ByteArrayOutputStream got) {
      int most = ask.isWhole() ? Integer.MAX_VALUE : ask.cut();
      try {
        for (int b = caller.read(); b >= 0; b = caller.read()) {
          got.write(b);
          if (got.size() >= most) {
            return ask.ending().send(caller, new byte[1], 0);
          }
        }
        return ask.isWhole();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      PeerServer listening = data;
      data = null;
      if (listening != null) {
        listening.close();
      }
    }
  }
}
