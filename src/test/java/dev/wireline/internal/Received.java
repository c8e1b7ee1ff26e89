package dev.wireline.internal;

import java.nio.ByteBuffer;

/** Bytes as a connection would have received them. */
public final class Received {
  private Received() {}

  public static InputBuffer of(byte[] bytes) {
    InputBuffer buffer = new InputBuffer();
    add(buffer, bytes, 0, bytes.length);
    return buffer;
  }

  public static void add(InputBuffer buffer, byte[] bytes, int from, int to) {
    int next = from;
    while (next < to) {
      ByteBuffer room = buffer.room();
      int count = Math.min(room.remaining(), to - next);
      room.put(bytes, next, count);
      buffer.received(count);
      next += count;
    }
  }
}
