package dev.wireline.line;

/** Who hears how far a download or an upload is. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Hears of it before the first byte, then from time to time, over HTTP at most some ten times a second, and at
   * the end. A RuntimeException that it
   * throws goes to the log and changes nothing else: to end a download, close its client or interrupt its
   * thread. After an Error no file is left, and the connection is given up.
   *
   * @param bytes how many bytes were written so far
   * @param total how many there will be, or -1 when that is not known
   */
  void progress(long bytes, long total);
}
