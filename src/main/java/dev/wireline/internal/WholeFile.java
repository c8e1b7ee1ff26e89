package dev.wireline.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** A file that appears under its name only when it is whole. */
public final class WholeFile {
  private final Path file;
  private final Path part;

  private WholeFile(Path file, Path part) {
    this.file = file;
    this.part = part;
  }

  /** What the file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where it goes; not to be closed
     * @throws IOException when it could not be had or written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file of which nothing is there yet.
   *
   * @param file its path; a file that is there is replaced at the end
   * @return the file to write
   * @throws IllegalArgumentException when the path has no name
   */
  public static WholeFile at(Path file) {
    checkName(file);
    Path absolute = file.toAbsolutePath();
    // A name of its own in the same folder, so that the move is one step; and a short one, for the
    // file's own may be as long as a name can be.
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return new WholeFile(file, absolute.resolveSibling(".wireline-" + random + ".part"));
  }

  /** The empty path and those that end in dots are folders, whose siblings are in another one. */
  private static void checkName(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException("a file to write needs a name");
    }
  }

  /**
   * Writes the content and then gives the file its name.
   *
   * @param content what it is to hold
   * @throws IOException when the content or the file system failed; what was there is as before
   */
  public void write(Content content) throws IOException {
    try {
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
