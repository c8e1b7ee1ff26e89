package dev.wireline.interop;

import java.io.IOException;
import java.nio.charset.Charset;

/** A program that does its work and ends. */
final class Tool {
  private Tool() {}

  /** Runs one to its end; what it printed is the failure if it fails. */
  static void run(ProcessBuilder command) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a tool ran", e);
    }
  }
}
