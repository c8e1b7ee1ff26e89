package dev.wireline.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Bytes on their way from one stream to another, with somebody who hears how far they are. */
public final class Copying {
  private static final int FIRST_BYTES = 8 * 1024;
  private static final int PIECE_BYTES = 64 * 1024;

  private Copying() {}

  /**
   * Copies all that a stream gives, in larger pieces once it has filled the first.
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
   * Copies all that a stream gives.
   *
   * @param in where the bytes come from; not closed
   * @param out where they go; not closed
   * @param before how many bytes were there already
   * @param due whether to tell of it, asked before the first byte and after each piece
   * @param heard is told the number of bytes where that is due, and at the end; what it throws as a
   *     RuntimeException goes to the log alone
   * @param listener whom the log names then
   * @return how many bytes are there now, those from before included
   * @throws IOException what one of the streams threw
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
