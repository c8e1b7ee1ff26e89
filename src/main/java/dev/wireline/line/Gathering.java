package dev.wireline.line;

import java.io.IOException;

/** Bytes that are gathered before they are sent, 16 KiB at a time. */
final class Gathering {
  private static final int PIECE_BYTES = 16 * 1024;

  /** Where a piece goes. */
  interface Sink {
    void send(byte[] piece, int length) throws IOException;
  }

  private final byte[] piece = new byte[PIECE_BYTES];
  private final Sink sink;
  private int size;
  private long sent;

  Gathering(Sink sink) {
    this.sink = sink;
  }

  void put(char c) throws IOException {
    if (size == PIECE_BYTES) {
      send(0);
    }
    piece[size++] = (byte) c;
  }

  void putAll(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      if (size == PIECE_BYTES) {
        send(0);
      }
      int some = Math.min(to - at, PIECE_BYTES - size);
      System.arraycopy(bytes, at, piece, size, some);
      size += some;
      at += some;
    }
  }

  /** Sends what is gathered, except for the last {@code kept} bytes. */
  void send(int kept) throws IOException {
    int length = size - kept;
    if (length > 0) {
      sink.send(piece, length);
      sent += length;
      System.arraycopy(piece, length, piece, 0, kept);
      size = kept;
    }
  }

  /** How many bytes were sent. */
  long sent() {
    return sent;
  }
}
