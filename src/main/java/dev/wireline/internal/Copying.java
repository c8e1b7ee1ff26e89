package dev.wireline.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Copies bytes from one stream to another and reports the progress. */
public final class Copying {
  private static final int FIRST_BYTES = 8 * 1024;
  private static final int PIECE_BYTES = 64 * 1024;

  private Copying() {}

  /**
   * Copies everything that a stream yields, in larger pieces once it has filled the first.
   *
   * @param in where the bytes come from; not closed
   * @param out where they go; not closed
   * @return how many bytes there were
   * @throws IOException what one of the streams threw
   */
  public static long all(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[FIRST_BYTES];
    long there = 0;
    for (int count = 0; count >= 0; count = in.read(piece, 0, piece.length)) {
      out.write(piece, 0, count);
      there += count;
      if (count == FIRST_BYTES && piece.length == FIRST_BYTES) {
        piece = new byte[PIECE_BYTES];
      }
    }
    return there;
  }

  /**
   * Copies everything that a stream yields.
   *
   * @param in where the bytes come from; not closed
   * @param out where they go; not closed
   * @param before how many bytes were there already
   * @param due whether a report is due, asked before the first byte and after each piece
   * @param heard told the number of bytes when a report is due, and at the end; a RuntimeException that it
   *     throws is only logged
   * @param listener the listener to name in the log
   * @return how many bytes are there now, including those from before
   * @throws IOException whatever one of the streams threw
   */
  public static long copy(
      InputStream in,
      OutputStream out,
      long before,
      BooleanSupplier due,
      LongConsumer heard,
      Object listener)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long there = before;
    long told = -1;
    for (int count = 0; count >= 0; count = in.read(piece, 0, piece.length)) {
      out.write(piece, 0, count);
      there += count;
      if (due.getAsBoolean()) {
        tell(heard, there, listener);
        told = there;
      }
    }
    if (told != there) {
      tell(heard, there, listener);
    }
    return there;
  }

  private static void tell(LongConsumer heard, long there, Object listener) {
    try {
      heard.accept(there);
    } catch (RuntimeException e) {
      Log.threw(listener, e);
    }
  }
}
