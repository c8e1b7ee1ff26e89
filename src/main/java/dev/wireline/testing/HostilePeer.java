package dev.wireline.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** The bad peers: each has one way to misbehave on a connection. */
enum HostilePeer {
  SILENT("silent", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      hearOut(client);
    }
  },

  DEAF("reads nothing", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws InterruptedException {
      client.hold();
    }
  },

  CUT("hangs up", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      hangUp(client);
    }
  },

  CUT_LINE("hangs up in a line", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.write("2");
      hangUp(client);
    }
  },

  RESET("resets", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.reset();
    }
  },

  RESET_LINE("resets in a line", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.write("2");
      client.reset();
    }
  },

  DRIPPING("drips", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException, InterruptedException {
      while (true) {
        client.write("2");
        client.hold(BETWEEN_DRIPS);
      }
    }
  },

  ENDLESS_LINE("endless line", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      repeat(client, "2");
    }
  },

  ENDLESS_FIELDS("endless header lines", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      repeat(client, "Name: value\r\n");
    }
  },

  ENDLESS_EMPTY_LINES("endless empty lines", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      repeat(client, "\r\n");
    }
  },

  GARBAGE("garbage", Place.ANYWHERE) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.write(garbage());
      hangUp(client);
    }
  },

  UNASKED("unsolicited bytes first", Place.FIRST) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.write("999 nobody asked\r\n");
      hearOut(client);
    }
  },

  SILENT_TLS("silent where TLS is expected", Place.TLS) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      hearOut(client);
    }
  },

  CUT_TLS("hangs up where TLS is expected", Place.TLS) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.read();
      hangUp(client);
    }
  },

  GARBAGE_TLS("garbage where TLS is expected", Place.TLS) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      client.read();
      client.write(garbage());
      hearOut(client);
    }
  },

  STRANGER("certificate of a stranger", Place.TLS) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      try {
        client.startTls(TestCertificate.forHosts());
      } catch (IOException e) {
        hearOut(client);
        return;
      }
      throw new AssertionError("the client trusted a certificate of nobody it knows");
    }
  },

  GLUED("bytes glued behind the go-ahead", Place.GO_AHEAD) {
    @Override
    void misbehave(PeerConnection client) throws IOException {
      if (client.read() >= 0) {
        throw new AssertionError("the client went on in spite of the bytes behind the go-ahead");
      }
    }
  };

  /** Where in a conversation a peer may misbehave. */
  enum Place {
    /** Wherever the client waits. */
    ANYWHERE,
    /** Before a word was said. */
    FIRST,
    /** Where the client starts TLS, at once or later. */
    TLS,
    /** Where the server tells it to. */
    GO_AHEAD
  }

  static final String GLUE = "250 glued\r\n";

  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(10);
  private static final int WRITE_BYTES = 16 * 1024;
  private static final long MOST_BYTES = 128L * 1024 * 1024;
  private static final int GARBAGE_BYTES = 4096;

  private final String title;
  private final Place place;

  HostilePeer(String title, Place place) {
    this.title = title;
    this.place = place;
  }

  abstract void misbehave(PeerConnection client) throws IOException, InterruptedException;

  String title() {
    return title;
  }

  Place place() {
    return place;
  }

  private static void hearOut(PeerConnection client) throws IOException {
    client.input().transferTo(OutputStream.nullOutputStream());
  }

  /** Ends in the way that looks most like an orderly end. */
  private static void hangUp(PeerConnection client) throws IOException {
    client.shutdownOutput();
    hearOut(client);
  }

  private static void repeat(PeerConnection client, String text) throws IOException {
    byte[] bytes = text.repeat(WRITE_BYTES / text.length()).getBytes(StandardCharsets.ISO_8859_1);
    for (long sent = 0; sent < MOST_BYTES; sent += bytes.length) {
      client.write(bytes);
    }
    throw new AssertionError("the client took " + MOST_BYTES + " bytes of it");
  }

  private static byte[] garbage() {
    byte[] bytes = new byte[GARBAGE_BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
