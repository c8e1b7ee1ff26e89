package dev.wireline.line;

/** Told of the progress of a download or an upload. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Called before the first byte, then from time to time (over HTTP at most about ten times a second), and at
   * the end. A RuntimeException that it throws is logged and changes nothing else: to cancel a download, close
   * its client or interrupt its thread. After an Error no file is left, and the connection is given up.
   *
   * @param bytes how many bytes were written so far
   * @param total how many there will be, or -1 if that is not known
   */
  void progress(long bytes, long total);
}
