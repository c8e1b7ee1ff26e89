package dev.wireline.http;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A server that answers at random, well and badly, and checks what it is asked. Thread-safe. */
final class SoakServer implements Peer {
  private static final Duration HANG = Duration.ofSeconds(30);

  /** What all servers of one soak know together. */
  static final class Ledger {
    private final Map<Long, AtomicLong> taken = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** A POST was carried out: that must happen once at most. */
    void take(long id) {
      if (taken.computeIfAbsent(id, key -> new AtomicLong()).incrementAndGet() > 1) {
        fault("POST " + id + " came twice");
      }
    }

    void fault(String what) {
      faults.add(what);
    }

    List<String> faults() {
      return List.copyOf(faults);
    }
  }

  private final long seed;
  private final Ledger ledger;
  private final boolean guarded;
  private volatile List<String> origins = List.of();

  /**
   * A server.
   *
   * @param guarded whether it is the one that may see credentials, and asks for them at times
   */
  SoakServer(long seed, Ledger ledger, boolean guarded) {
    this.seed = seed;
    this.ledger = ledger;
    this.guarded = guarded;
  }

  /** Where redirects may lead. */
  void redirectingTo(List<String> all) {
    origins = List.copyOf(all);
  }

  @Override
  public void talk(PeerConnection connection) {
    Random random = new Random(seed + connection.number());
    try {
      boolean goesOn = true;
      while (goesOn) {
        SoakRequest request = SoakRequest.read(connection);
        goesOn = request != null && answer(connection, request, random);
      }
    } catch (IOException | InterruptedException e) {
      // Clients hang up as they like.
      return;
    } catch (RuntimeException | AssertionError e) {
      ledger.fault(e.toString());
    }
  }

  private boolean answer(PeerConnection connection, SoakRequest request, Random random)
      throws IOException, InterruptedException {
    check(request);
    int turn = random.nextInt(100);
    String start = refusal(request, random, turn);
    if (start != null) {
      connection.write("HTTP/1.1 " + start + "X-Id: " + request.id() + "\r\n"
          + (request.isHead() ? "Content-Length: 4\r\n\r\n" : "Content-Length: 4\r\n\r\nbody"));
      return true;
    }
    if (request.isPost()) {
      ledger.take(request.id());
    }
    return turn < 85
        ? good(connection, request, random)
        : bad(connection, request, random.nextInt(20) % 9);
  }

  private void check(SoakRequest request) {
    if (!request.isWhole()) {
      ledger.fault("the content of " + request.id() + " is another's or cut");
    }
    if (!guarded && request.hasCredentials()) {
      ledger.fault("the credentials of one origin came to another with " + request.id());
    }
  }

  /** The start of an answer after which a request may come again; or null. */
  private @Nullable String refusal(SoakRequest request, Random random, int turn) {
    String elsewhere = origins.get(random.nextInt(origins.size())) + SoakItem.path(request.id());
    if (guarded && !request.hasCredentials() && turn < 20) {
      return "401 No\r\nWWW-Authenticate: Basic realm=\"soak\"\r\n";
    }
    return switch (turn) {
      case 0, 1, 2 -> "302 Found\r\nLocation: " + elsewhere + "\r\n";
      case 3, 4 -> "307 Found\r\nLocation: " + elsewhere + "\r\n";
      case 5 -> "308 Found\r\nLocation: " + SoakItem.path(request.id()) + "\r\n";
      case 6, 7, 8 -> "503 Later\r\nRetry-After: 0\r\n";
      case 9 -> "503 Later\r\nRetry-After: 99999999999999999999\r\n";
      default -> null;
    };
  }

  private static boolean good(PeerConnection connection, SoakRequest request, Random random)
      throws IOException {
    byte[] body = SoakItem.bytes(SoakItem.answer(request.id()));
    byte[] packed = request.takesGzip() ? Packed.gzip(body) : body;
    String fields = "X-Id: " + request.id() + "\r\nSet-Cookie: last=" + request.id() + "\r\n";
    String gzip = request.takesGzip() ? fields + "Content-Encoding: gzip\r\n" : fields;
    if (request.isHead()) {
      connection.write(head(fields, body.length));
      return true;
    }
    switch (random.nextInt(10)) {
      case 0 -> send(connection, head(gzip, packed.length), packed);
      case 1 -> sendChunks(connection, fields, body, random);
      case 2 -> sendChunks(connection, gzip, packed, random);
      case 3 -> {
        connection.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n");
        send(connection, head(fields, body.length), body);
      }
      case 4 -> {
        send(connection, "HTTP/1.1 200 OK\r\n" + fields + "\r\n", body);
        return false;
      }
      case 5 -> {
        send(connection, head(fields + "Connection: close\r\n", body.length), body);
        return false;
      }
      case 6 -> {
        // It goes without a word: the next request on this connection finds it dead.
        send(connection, head(fields, body.length), body);
        return false;
      }
      case 7 -> {
        connection.writeByteByByte(head(fields, body.length));
        connection.write(body);
      }
      default -> send(connection, head(fields, body.length), body);
    }
    return true;
  }

  private static boolean bad(PeerConnection connection, SoakRequest request, int kind)
      throws IOException, InterruptedException {
    byte[] body = SoakItem.bytes(SoakItem.answer(request.id()));
    String head = head("X-Id: " + request.id() + "\r\n", body.length);
    String half = request.isHead() ? "" : text(body, body.length / 2);
    switch (kind) {
      case 0 -> connection.reset();
      case 1 -> connection.awaitClosedByPeer(HANG);
      case 2 -> {
        connection.write(head + half);
        connection.reset();
      }
      case 3 -> connection.write(head + half);
      case 4 -> {
        connection.write(head + half);
        connection.awaitClosedByPeer(HANG);
      }
      case 5 -> connection.write("nonsense\r\n\r\n");
      case 6 -> connection.write(head.substring(0, head.length() / 2));
      case 7 -> {
        // All at once: of bytes that come later nobody can say what they answer.
        String answer = head + (request.isHead() ? "" : text(body, 1000));
        connection.write(answer + head("X-Id: 0\r\n", 4) + "evil");
        return body.length <= 1000;
      }
      default -> connection.close();
    }
    return false;
  }

  private static String head(String fields, int length) {
    return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + length + "\r\n\r\n";
  }

  private static String text(byte[] body, int most) {
    return new String(body, 0, Math.min(most, body.length), StandardCharsets.US_ASCII);
  }

  private static void send(PeerConnection connection, String head, byte[] body) throws IOException {
    connection.write(Packed.joined(SoakItem.bytes(head), body));
  }

  private static void sendChunks(
      PeerConnection connection, String fields, byte[] body, Random random) throws IOException {
    connection.write("HTTP/1.1 200 OK\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n");
    int sent = 0;
    while (sent < body.length) {
      int count = Math.min(body.length - sent, 1 + random.nextInt(20_000));
      byte[] chunk = new byte[count];
      System.arraycopy(body, sent, chunk, 0, count);
      byte[] size = SoakItem.bytes(Integer.toHexString(count) + "\r\n");
      connection.write(Packed.joined(size, chunk, SoakItem.bytes("\r\n")));
      sent += count;
    }
    connection.write("0\r\n\r\n");
  }
}
