package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** A bad peer that has come as far in TLS as it goes along, and what it does then. */
final class HostileTls {

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int NEW_SESSION_TICKET = 4;
  private static final int CERTIFICATE = 11;
  private static final int KEY_UPDATE = 24;

  private static final byte[] UNRECOGNIZED_NAME = {1, 112};
  private static final byte[] USER_CANCELED = {1, 90};
  private static final byte[] UPDATE_REQUESTED = {KEY_UPDATE, 0, 0, 1, 1};

  /** As much as a client may well take for a long chain of certificates. */
  private static final int ANNOUNCED_BYTES = 30_000;

  private static final int RECORD_BYTES = 16 * 1024;
  private static final int WRITE_BYTES = 16 * 1024;
  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(10);

  private final HostilePeer peer;
  private final PeerConnection client;
  private final RoughTls tls;

  private HostileTls(HostilePeer peer, PeerConnection client, RoughTls tls) {
    this.peer = peer;
    this.client = client;
    this.tls = tls;
  }

  /**
   * Shakes hands as far as the peer goes along.
   *
   * @throws AssertionError if the client does not
   */
  static HostileTls begin(HostilePeer peer, PeerConnection client, TestCertificate shown)
      throws IOException {
    int most = peer == HostilePeer.SILENT_BEHIND_PIECES ? 1 : RECORD_BYTES;
    RoughTls tls = new RoughTls(client, shown, most);
    HostileTls begun = new HostileTls(peer, client, tls);
    switch (peer) {
      case ENDLESS_HANDSHAKE_ALERTS, SILENT_BEHIND_PIECES -> {}
      case SILENT_BEHIND_HELLO, ENDLESS_CIPHER_CHANGES, DRIPPING_HANDSHAKE, GARBAGE_IN_HANDSHAKE ->
        tls.sayHello();
      case SILENT_BEHIND_CERTIFICATE -> {
        tls.sayHello();
        tls.sayCertificate();
      }
      default -> begun.shakeHands();
    }
    return begun;
  }

  private void shakeHands() throws IOException {
    try {
      sayAll();
    } catch (IOException e) {
      // A client that hangs up at the certificate may be gone before the rest is said.
      throw RoughTls.brokenOff(e);
    }
    tls.awaitFinished();
  }

  private void sayAll() throws IOException {
    tls.sayHello();
    tls.sayCertificate();
    tls.sayFinished();
  }

  void misbehave() throws IOException, InterruptedException {
    switch (peer) {
      case ENDLESS_HANDSHAKE_ALERTS -> repeat(() -> tls.record(RoughTls.ALERT, UNRECOGNIZED_NAME));
      case ENDLESS_CIPHER_CHANGES -> repeat(() -> new byte[] {CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1});
      case DRIPPING_HANDSHAKE -> drip();
      case GARBAGE_IN_HANDSHAKE, GARBAGE_IN_TLS -> {
        client.write(garbage());
        HostilePeer.hearOut(client);
      }
      case ENDLESS_KEY_UPDATES -> repeat(this::keyUpdate);
      case ENDLESS_TICKETS -> repeat(() -> tls.record(RoughTls.HANDSHAKE, ticket()));
      case ENDLESS_ALERTS -> repeat(() -> tls.record(RoughTls.ALERT, USER_CANCELED));
      case ENDLESS_EMPTY_RECORDS -> repeat(() -> tls.record(RoughTls.DATA, new byte[0]));
      case SILENT_BEHIND_PIECES -> {
        sayAll();
        HostilePeer.hearOut(client);
      }
      case CUT_IN_TLS -> HostilePeer.hangUp(client);
      case DEAF_IN_TLS -> client.hold();
      default -> HostilePeer.hearOut(client);
    }
  }

  private byte[] keyUpdate() {
    byte[] record = tls.record(RoughTls.HANDSHAKE, UPDATE_REQUESTED);
    tls.updateKeys();
    return record;
  }

  /** RFC 8446, section 4.6.1. */
  private static byte[] ticket() {
    TlsBytes body = new TlsBytes()
        .number(3600, 4)
        .number(0, 4)
        .vector(new byte[] {1}, 1)
        .vector(new byte[32], 2)
        .number(0, 2);
    return new TlsBytes().number(NEW_SESSION_TICKET, 1).vector(body, 3).toByteArray();
  }

  /** A record of noise, which nobody can open. */
  private static byte[] garbage() {
    byte[] noise = new byte[200];
    new Random(1).nextBytes(noise);
    return new TlsBytes()
        .number(RoughTls.DATA, 1)
        .number(0x0303, 2)
        .vector(noise, 2)
        .toByteArray();
  }

  private void drip() throws IOException, InterruptedException {
    client.write(tls.record(
        RoughTls.HANDSHAKE,
        new TlsBytes().number(CERTIFICATE, 1).number(ANNOUNCED_BYTES, 3).toByteArray()));
    while (true) {
      client.write(tls.record(RoughTls.HANDSHAKE, new byte[1]));
      client.hold(BETWEEN_DRIPS);
    }
  }

  private void repeat(Supplier<byte[]> records) throws IOException {
    long sent = 0;
    while (sent < HostilePeer.MOST_BYTES) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      while (batch.size() < WRITE_BYTES) {
        batch.writeBytes(records.get());
      }
      client.write(batch.toByteArray());
      sent += batch.size();
    }
    throw HostilePeer.takenTooMuch();
  }
}
