package dev.wireline.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** The bad peers: each has one way to misbehave on a connection. */
enum HostilePeer {
  SILENT("silent", Place.ANYWHERE),
  DEAF("reads nothing", Place.ANYWHERE),
  CUT("hangs up", Place.ANYWHERE),
  CUT_LINE("hangs up in a line", Place.ANYWHERE),
  RESET("resets", Place.ANYWHERE),
  RESET_LINE("resets in a line", Place.ANYWHERE),
  DRIPPING("drips", Place.ANYWHERE),
  ENDLESS_LINE("endless line", Place.ANYWHERE),
  ENDLESS_FIELDS("endless header lines", Place.ANYWHERE),
  ENDLESS_EMPTY_LINES("endless empty lines", Place.ANYWHERE),
  GARBAGE("garbage", Place.ANYWHERE),
  UNASKED("unsolicited bytes first", Place.FIRST),
  SILENT_TLS("silent where TLS is expected", Place.TLS),
  CUT_TLS("hangs up where TLS is expected", Place.TLS),
  GARBAGE_TLS("garbage where TLS is expected", Place.TLS),
  STRANGER("certificate of a stranger", Place.TLS),
  GLUED("bytes glued after the go-ahead", Place.GO_AHEAD),
  ENDLESS_HANDSHAKE_ALERTS("endless alerts in the TLS handshake", Place.WITHIN_TLS),
  SILENT_BEHIND_HELLO("silent after its TLS hello", Place.WITHIN_TLS),
  ENDLESS_CIPHER_CHANGES("endless cipher changes", Place.WITHIN_TLS),
  DRIPPING_HANDSHAKE("drips its certificate", Place.WITHIN_TLS),
  GARBAGE_IN_HANDSHAKE("garbage in the TLS handshake", Place.WITHIN_TLS),
  SILENT_BEHIND_CERTIFICATE("silent after its certificate", Place.WITHIN_TLS),
  SILENT_IN_TLS("silent in TLS", Place.WITHIN_TLS),
  SILENT_BEHIND_PIECES("silent after a TLS handshake in pieces", Place.WITHIN_TLS),
  DEAF_IN_TLS("reads nothing in TLS", Place.WITHIN_TLS),
  CUT_IN_TLS("hangs up without close_notify", Place.WITHIN_TLS),
  GARBAGE_IN_TLS("garbage in TLS", Place.WITHIN_TLS),
  ENDLESS_KEY_UPDATES("endless key updates", Place.WITHIN_TLS),
  ENDLESS_TICKETS("endless session tickets", Place.WITHIN_TLS),
  ENDLESS_ALERTS("endless warning alerts", Place.WITHIN_TLS),
  ENDLESS_EMPTY_RECORDS("endless empty TLS records", Place.WITHIN_TLS);

  /** Where in a conversation a peer may misbehave. */
  enum Place {
    /** Wherever the client waits. */
    ANYWHERE,
    /** Before a word was said. */
    FIRST,
    /** Where the client starts TLS, at once or later. */
    TLS,
    /** Where the server tells it to. */
    GO_AHEAD,
    /** In TLS itself, with a certificate that the client trusts. */
    WITHIN_TLS
  }

  static final String GLUE = "250 glued\r\n";
  static final long MOST_BYTES = 128L * 1024 * 1024;

  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(10);
  private static final int WRITE_BYTES = 16 * 1024;
  private static final int GARBAGE_BYTES = 4096;

  private final String title;
  private final Place place;

  HostilePeer(String title, Place place) {
    this.title = title;
    this.place = place;
  }

  /** Misbehaves at once, but for the peers within TLS, which {@link HostileTls} has. */
  void misbehave(PeerConnection client) throws IOException, InterruptedException {
    switch (this) {
      case SILENT, SILENT_TLS -> hearOut(client);
      case DEAF -> client.hold();
      case CUT -> hangUp(client);
      case CUT_LINE -> {
        client.write("2");
        hangUp(client);
      }
      case RESET -> client.reset();
      case RESET_LINE -> {
        client.write("2");
        client.reset();
      }
      case DRIPPING -> drip(client);
      case ENDLESS_LINE -> repeat(client, "2");
      case ENDLESS_FIELDS -> repeat(client, "Name: value\r\n");
      case ENDLESS_EMPTY_LINES -> repeat(client, "\r\n");
      case GARBAGE -> {
        client.write(garbage());
        hangUp(client);
      }
      case UNASKED -> {
        client.write("999 nobody asked\r\n");
        hearOut(client);
      }
      case CUT_TLS -> {
        client.read();
        hangUp(client);
      }
      case GARBAGE_TLS -> {
        client.read();
        client.write(garbage());
        hearOut(client);
      }
      case STRANGER -> showStrangeCertificate(client);
      case GLUED -> refuseToHear(client);
      default -> throw new IllegalStateException(title + " is within TLS");
    }
  }

  private static void drip(PeerConnection client) throws IOException, InterruptedException {
    while (true) {
      client.write("2");
      client.hold(BETWEEN_DRIPS);
    }
  }

  private static void showStrangeCertificate(PeerConnection client) throws IOException {
    try {
      client.startTls(TestCertificate.forHosts());
    } catch (IOException e) {
      hearOut(client);
      return;
    }
    throw new AssertionError("the client trusted a certificate of nobody it knows");
  }

  private static void refuseToHear(PeerConnection client) throws IOException {
    if (client.read() >= 0) {
      throw new AssertionError("the client went on in spite of the bytes after the go-ahead");
    }
  }

  String title() {
    return title;
  }

  Place place() {
    return place;
  }

  static void hearOut(PeerConnection client) throws IOException {
    client.input().transferTo(OutputStream.nullOutputStream());
  }

  /** Ends in the way that looks most like an orderly end. */
  static void hangUp(PeerConnection client) throws IOException {
    client.shutdownOutput();
    hearOut(client);
  }

  private static void repeat(PeerConnection client, String text) throws IOException {
    byte[] bytes = text.repeat(WRITE_BYTES / text.length()).getBytes(StandardCharsets.ISO_8859_1);
    for (long sent = 0; sent < MOST_BYTES; sent += bytes.length) {
      client.write(bytes);
    }
    throw takenTooMuch();
  }

  static AssertionError takenTooMuch() {
    return new AssertionError("the client took " + MOST_BYTES + " bytes of it");
  }

  private static byte[] garbage() {
    byte[] bytes = new byte[GARBAGE_BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
