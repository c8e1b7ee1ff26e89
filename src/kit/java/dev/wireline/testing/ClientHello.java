package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The first message of a TLS 1.3 client (RFC 8446, section 4.1.2). Immutable. */
final class ClientHello {

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int KEY_SHARE = 51;
  private static final int X25519 = 0x1d;
  private static final int VERSION_AND_RANDOM = 34;

  private final byte[] message;
  private final byte[] session;
  private final byte[] share;

  private ClientHello(byte[] message, byte[] session, byte[] share) {
    this.message = message;
    this.session = session;
    this.share = share;
  }

  /** The whole of it. */
  byte[] message() {
    return message.clone();
  }

  /** The legacy_session_id, which the server repeats. */
  byte[] session() {
    return session.clone();
  }

  /** The client's public key for X25519. */
  byte[] share() {
    return share.clone();
  }

  /** Reads it; throws an AssertionError when it is not one with which hands can be shaken. */
  static ClientHello read(PeerConnection client) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    while (said.size() < 4 || said.size() < 4 + sizeOf(said.toByteArray())) {
      byte[] header = client.read(5);
      if (header[0] != HANDSHAKE) {
        throw new AssertionError("the client does not start TLS");
      }
      said.writeBytes(client.read(ByteBuffer.wrap(header).getShort(3) & 0xffff));
    }
    byte[] message = said.toByteArray();
    try {
      return parse(message);
    } catch (BufferUnderflowException e) {
      throw new AssertionError("the client's TLS hello cannot be read", e);
    }
  }

  private static int sizeOf(byte[] message) {
    return ByteBuffer.wrap(message).getInt(0) & 0xffffff;
  }

  private static ClientHello parse(byte[] message) {
    ByteBuffer body = ByteBuffer.wrap(message, 4, message.length - 4);
    if (message[0] != CLIENT_HELLO) {
      throw new AssertionError("the client does not start TLS");
    }
    take(body, VERSION_AND_RANDOM);
    byte[] session = take(body, body.get() & 0xff);
    take(body, body.getShort() & 0xffff);
    take(body, body.get() & 0xff);
    ByteBuffer extensions = ByteBuffer.wrap(take(body, body.getShort() & 0xffff));
    while (extensions.hasRemaining()) {
      int type = extensions.getShort() & 0xffff;
      byte[] extension = take(extensions, extensions.getShort() & 0xffff);
      if (type == KEY_SHARE) {
        return new ClientHello(message, session, share(ByteBuffer.wrap(extension)));
      }
    }
    throw new AssertionError("the client does not offer TLS 1.3");
  }

  private static byte[] share(ByteBuffer shares) {
    shares.getShort();
    while (shares.hasRemaining()) {
      int group = shares.getShort() & 0xffff;
      byte[] key = take(shares, shares.getShort() & 0xffff);
      if (group == X25519) {
        return key;
      }
    }
    throw new AssertionError("the client does not offer a key for X25519");
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] taken = new byte[Math.min(count, from.remaining())];
    from.get(taken);
    if (taken.length < count) {
      throw new BufferUnderflowException();
    }
    return taken;
  }
}
