package dev.wireline.line;

import java.io.IOException;

/** Bytes as they are: as many as announced, or any number. */
final class CountedBytes implements Packing {
  private final Gathering out;
  private final long announced;
  private long count;

  /**
   * Starts with no bytes.
   *
   * @param announced how many, or {@link Content#UNKNOWN}
   */
  CountedBytes(Gathering out, long announced) {
    this.out = out;
    this.announced = announced;
  }

  @Override
  public void put(byte[] bytes, int offset, int length) throws IOException {
    if (announced >= 0 && length > announced - count) {
      throw new IOException("a block has more than the " + announced + " bytes announced");
    }
    out.putAll(bytes, offset, offset + length);
    count += length;
  }

  @Override
  public void end() throws IOException {
    if (announced >= 0 && count < announced) {
      throw new IOException(
          "a block ended after " + count + " of the " + announced + " bytes that were announced");
    }
  }

  @Override
  public int held() {
    return announced > 0 && count == announced ? 1 : 0;
  }

  @Override
  public String whole(long sent) {
    return (announced < 0 ? "a stream of " : "a block of ") + sent + " bytes";
  }
}
