package dev.wireline.halfway;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Outgoing;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says something at the end of a stack, to a server that repeats it: what left half is not repeated. */
final class SayRun {
  private static final int MOST_DEPTHS = 900;
  private static final int ENOUGH_IN_PEACE = 30;
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts();

  /** The ways to say it. */
  private enum Way {
    LINE,
    MESSAGE,
    TEXT,
    /** The handshake too. */
    LINE_OVER_TLS,
    LINE_AFTER_STARTTLS;

    boolean isTls() {
      return this == LINE_OVER_TLS || this == LINE_AFTER_STARTTLS;
    }

    /** A handshake takes its time, and is deep. */
    int stride() {
      return isTls() ? 40 : 1;
    }
  }

  private final List<String> wrong = new ArrayList<>();
  private int errors;

  List<String> wrong() {
    return wrong;
  }

  int errors() {
    return errors;
  }

  void stack() throws Exception {
    try (PeerServer plain = PeerServer.start(SayRun::repeat);
        PeerServer tls = PeerServer.builder().tls(CERTIFICATE).start(SayRun::repeat)) {
      for (Way way : Way.values()) {
        stack(way, way == Way.LINE_OVER_TLS ? tls.endpoint() : plain.endpoint());
      }
    }
  }

  private static void repeat(PeerConnection peer) throws Exception {
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      switch (line) {
        case "MESSAGE" ->
          peer.write(new String(peer.read(Ask.LENGTH), StandardCharsets.ISO_8859_1) + "\r\n");
        case "TEXT" -> {
          peer.write(peer.readLine() + "\r\n");
          peer.readLine();
        }
        case "STARTTLS" -> {
          peer.write("go\r\n");
          peer.startTls(CERTIFICATE);
        }
        default -> peer.write(line + "\r\n");
      }
    }
  }

  private void stack(Way way, Endpoint server) throws Exception {
    try (Client client = new Client(server)) {
      judge(way, client.say(way, 0), 0, "in peace");
    }
    int most = MOST_DEPTHS * (way.isTls() ? 4 : 1);
    int peace = 0;
    for (int depth = 0; depth < most && peace < ENOUGH_IN_PEACE; depth += way.stride()) {
      peace = ends(way, server, depth) ? 0 : peace + way.stride();
    }
  }

  /** Whether it ended by an error. */
  private boolean ends(Way way, Endpoint server, int depth) throws Exception {
    try (Client client = new Client(server)) {
      if (way != Way.LINE_OVER_TLS) {
        client.connect();
      }
      Object come = StackEnd.run(depth, () -> client.say(way, 0));
      String where = "at depth " + depth;
      if (!(come instanceof Throwable)) {
        judge(way, come, 0, where);
        return false;
      }
      errors++;
      next(way, client, where);
      return true;
    }
  }

  private void next(Way way, Client client, String where) {
    try {
      judge(way, client.say(way, 1), 1, where);
    } catch (IOException e) {
      if (client.state() == ConnectionState.OPEN) {
        wrong.add("WRONG " + way + " " + where + ": still open after " + e);
      }
    } catch (RuntimeException | Error e) {
      wrong.add("WRONG " + way + " " + where + ": the next is " + e);
    }
  }

  private void judge(Way way, Object come, int number, String where) {
    String got = String.valueOf(come);
    if (!got.equals(Ask.answer(number))) {
      wrong.add("WRONG " + way + " " + where + ": repeated is " + ErrorRun.shown(got));
    }
  }

  private static final class Client extends LineClient {
    private static final LineOptions OPTIONS = LineOptions.builder()
        .dialer(Dialer.builder()
            .tls(Tls.builder().trust(CERTIFICATE.authority()).build())
            .build())
        .build();

    Client(Endpoint server) {
      super(server, OPTIONS);
    }

    String say(Way way, int number) throws IOException {
      String text = Ask.answer(number);
      return exchange(() -> {
        switch (way) {
          case MESSAGE ->
            Message.of()
                .line("MESSAGE")
                .data(text.getBytes(StandardCharsets.ISO_8859_1))
                .writeTo(this);
          case TEXT -> putText(text);
          case LINE_AFTER_STARTTLS -> {
            secure();
            writeLine(text);
          }
          default -> writeLine(text);
        }
        return readLine();
      });
    }

    private void putText(String text) throws IOException {
      writeLine("TEXT");
      try (Outgoing out = DotBlocks.of(this).write()) {
        out.writeLine(text);
        out.finish();
      }
    }

    private void secure() throws IOException {
      if (tlsSession().isEmpty()) {
        writeLine("STARTTLS");
        if (!readLine().equals("go")) {
          throw malformed("STARTTLS is answered by go", "");
        }
        startTls();
      }
    }
  }
}
