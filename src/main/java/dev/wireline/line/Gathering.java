package dev.wireline.line;

import java.io.IOException;

/** Bytes that are gathered before they are sent, 16 KiB at first and 64 KiB from then on. */
final class Gathering {
  private static final int FIRST_BYTES = 16 * 1024;
  private static final int PIECE_BYTES = 64 * 1024;

  /** Where a piece goes. */
  interface Sink {
    void send(byte[] bytes, int offset, int length) throws IOException;
  }

  private final Sink sink;
  private byte[] piece = new byte[FIRST_BYTES];
  private int size;
  private long sent;

  Gathering(Sink sink) {
    this.sink = sink;
  }

  void put(char c) throws IOException {
    sendFull();
    piece[size++] = (byte) c;
  }

  void putAll(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      sendFull();
      if (size == 0 && to - at > PIECE_BYTES) {
        send(bytes, at, PIECE_BYTES);
        at += PIECE_BYTES;
      } else {
        int some = Math.min(to - at, piece.length - size);
        System.arraycopy(bytes, at, piece, size, some);
        size += some;
        at += some;
      }
    }
  }

  private void sendFull() throws IOException {
    if (size == piece.length) {
      send(0);
      if (piece.length < PIECE_BYTES) {
        piece = new byte[PIECE_BYTES];
      }
    }
  }

  /** Sends what is gathered, except for the last {@code kept} bytes. */
  void send(int kept) throws IOException {
    int length = size - kept;
    if (length > 0) {
      send(piece, 0, length);
      System.arraycopy(piece, length, piece, 0, kept);
      size = kept;
    }
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    sink.send(bytes, offset, length);
    sent += length;
  }

  /** How many bytes were sent. */
  long sent() {
    return sent;
  }
}
