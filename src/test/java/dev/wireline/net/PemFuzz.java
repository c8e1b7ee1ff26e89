package dev.wireline.net;

import dev.wireline.http.Holds;
import java.nio.file.Path;

/** PEM files with certificates and keys: each is read, or refused in words that can be shown. */
public final class PemFuzz {
  private static final Path NAME = Path.of("file.pem");

  private PemFuzz() {}

  public static void check(byte[] input) {
    try {
      PemFile file = PemFile.of(NAME, input);
      read(file::certificates);
      read(file::key);
    } catch (IllegalArgumentException e) {
      refused(e);
    }
  }

  private interface Part {
    Object read();
  }

  private static void read(Part part) {
    try {
      Holds.that(part.read() != null, "something, or a refusal");
    } catch (IllegalArgumentException e) {
      refused(e);
    }
  }

  private static void refused(IllegalArgumentException e) {
    Holds.refusal(e);
    Holds.that(
        String.valueOf(e.getMessage()).startsWith(NAME + " "), "a refusal that names the file");
  }
}
