package dev.wireline.http;

/** Who hears how far a download is. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Hears of it before the first byte, and behind each piece that was written.
   *
   * @param bytes how many bytes were written so far
   * @param total how many there will be, or -1 when that is not known
   */
  void progress(long bytes, long total);
}
