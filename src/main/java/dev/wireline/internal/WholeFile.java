package dev.wireline.internal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/** A file that appears under its name only once it is complete. */
public final class WholeFile {
  private static final int MAX_NUMBERS = 1000;
  private static final String PREFIX = ".wireline-";
  private static final String SUFFIX = ".part";

  private final Path file;
  private final Path part;

  private WholeFile(Path file, Path part) {
    this.file = file;
    this.part = part;
  }

  /**
   * Tells a file that is being written, or was when its process ended, by its name.
   *
   * @param name the name of a file
   * @return true if it is the part of another
   */
  public static boolean isPart(String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  /** What the file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where it goes; not to be closed
     * @throws IOException if it could not be had or written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file of which nothing is there yet.
   *
   * @param file its path; a file that is there is replaced at the end
   * @return the file to write
   * @throws IllegalArgumentException if the path has no name
   */
  public static WholeFile at(Path file) {
    checkName(file);
    return new WholeFile(
        file, beside(file, Long.toHexString(ThreadLocalRandom.current().nextLong())));
  }

  /**
   * Where a part of a file lies: in the same folder, so that the move is one step, and under a short name, for the
   * file's own may be as long as a name can be.
   */
  static Path beside(Path file, String name) {
    return file.toAbsolutePath().resolveSibling(PREFIX + name + SUFFIX);
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
   * Writes the content, and then gives the file its name.
   *
   * @param content what it is to hold
   * @throws IOException if the content or the file system failed; what was there is as before
   */
  public void write(Content content) throws IOException {
    try {
      writePart(content);
      move(part, file);
    } catch (FileSystemException e) {
      throw named(e, part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The caller knows nothing of the other name. */
  static FileSystemException named(FileSystemException e, Path part, Path file) {
    if (!part.toString().equals(e.getFile())) {
      return e;
    }
    FileSystemException named;
    if (e instanceof NoSuchFileException) {
      named = new NoSuchFileException(file.toString(), null, "its folder is not there");
    } else if (e instanceof AccessDeniedException) {
      named = new AccessDeniedException(file.toString(), null, e.getReason());
    } else {
      named = new FileSystemException(file.toString(), null, e.getReason());
    }
    named.initCause(e);
    return named;
  }

  private void writePart(Content content) throws IOException {
    try (OutputStream out = Files.newOutputStream(part, CREATE_NEW, WRITE)) {
      content.writeTo(out);
    }
  }

  /**
   * Writes the content and then gives the file its name, or that name with a number where it is taken:
   * {@code a (1).txt}, {@code a (2).txt}. No file is replaced.
   *
   * @param content what it is to hold
   * @return the path of the file
   * @throws IOException as {@link #write}; or if a thousand such names are taken
   */
  public Path writeNew(Content content) throws IOException {
    try {
      writePart(content);
      Path free = file;
      for (int number = 1; !isNamed(free); number++) {
        if (number == MAX_NUMBERS) {
          throw new FileAlreadyExistsException(file.toString());
        }
        free = file.resolveSibling(numbered(number));
      }
      return free;
    } catch (FileSystemException e) {
      throw named(e, part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private String numbered(int number) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return name.substring(0, end) + " (" + number + ")" + name.substring(end);
  }

  /** A link takes a free name in one step, where a move looks first and may then replace. */
  private boolean isNamed(Path free) throws IOException {
    try {
      Files.createLink(free, part);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      return isMoved(free);
    }
    return true;
  }

  private boolean isMoved(Path free) throws IOException {
    try {
      Files.move(part, free);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Gives a file that is whole its name, in one step where the file system can.
   *
   * @param part where it is
   * @param file its path; a file that is there is replaced
   * @throws IOException if the file system failed; what was there is as before
   */
  public static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
