package dev.wireline.internal;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of a file whose download stopped half way. Its bytes, and three lines that say what they are part
 * of, are next to the file under names derived from its own: a hash of the source, which may hold secrets; the
 * validator of the version; and how many bytes the whole has, or -1. Only one download in this process has it
 * at a time, until it closes it. Not thread-safe.
 */
public final class PartFile implements AutoCloseable {
  /** The files that are being put together in this process. */
  private static final Set<Path> BEING_WRITTEN = ConcurrentHashMap.newKeySet();

  private static final long MAX_VERSION_BYTES = 64 * 1024;

  private final Path file;
  private final Path part;
  private final Path version;
  private final String source;
  private String validator = "";
  private long total = -1;

  private PartFile(Path file, String source) {
    // The remote folder may have a file of any name that the file's own could be extended to.
    String name = Sha256.hex(String.valueOf(file.getFileName()));
    this.file = file;
    this.part = WholeFile.beside(file, name);
    this.version = WholeFile.beside(file, name + "-version");
    this.source = source;
  }

  /**
   * The part of a file, of which nothing may be there.
   *
   * @param file the path of the whole
   * @param source where it comes from
   * @return the part
   * @throws IllegalArgumentException if the path has no name
   * @throws FileSystemException if another thread has it, whose bytes would be mixed with ours
   * @throws IOException if the file system failed
   */
  public static PartFile of(Path file, String source) throws IOException {
    WholeFile.at(file);
    PartFile part = new PartFile(file, Sha256.hex(source));
    if (!BEING_WRITTEN.add(part.part)) {
      throw new FileSystemException(
          file.toString(), null, "another download to this file has not ended");
    }
    boolean read = false;
    try {
      part.readVersion();
      read = true;
      return part;
    } finally {
      if (!read) {
        part.close();
      }
    }
  }

  /** Lets another download have it. */
  @Override
  public void close() {
    BEING_WRITTEN.remove(part);
  }

  private void readVersion() throws IOException {
    if (!Files.isRegularFile(version, LinkOption.NOFOLLOW_LINKS)
        || Files.size(version) > MAX_VERSION_BYTES) {
      return;
    }
    String text = new String(Files.readAllBytes(version), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    if (lines.size() == 3 && lines.get(0).equals(source)) {
      validator = lines.get(1);
      total = Ascii.decimal(lines.get(2), Long.MAX_VALUE);
    }
  }

  /**
   * How many bytes of a known version are there.
   *
   * @return 0 or more
   * @throws IOException if the file system failed
   */
  public long size() throws IOException {
    // A link would lead to a file of somebody else.
    boolean there = Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS);
    return validator.isEmpty() || !there ? 0 : Files.size(part);
  }

  /**
   * Which version the bytes that are there are of.
   *
   * @return the validator; empty if there is none
   */
  public String validator() {
    return validator;
  }

  /**
   * Whether a whole of so many bytes may be the one that this is a part of.
   *
   * @param bytes how many, or -1 for unknown
   * @return true unless another number is known
   */
  public boolean mayHave(long bytes) {
    return bytes < 0 || total < 0 || bytes == total;
  }

  /**
   * Whether all bytes are there.
   *
   * @return true if their number is known and reached
   * @throws IOException if the file system failed
   */
  public boolean isWhole() throws IOException {
    return total >= 0 && size() == total;
  }

  /**
   * Takes the size of the whole from a response that tells it.
   *
   * @param bytes how many, or -1 for unknown
   */
  public void whole(long bytes) {
    total = bytes < 0 ? total : bytes;
  }

  /**
   * Begins anew.
   *
   * @param newValidator the version of what comes, on one line; if it is empty, a try that fails leaves nothing
   * @param newTotal how many bytes the whole has, or -1
   * @throws IOException if the file system failed
   */
  public void begin(String newValidator, long newTotal) throws IOException {
    forget();
    validator = newValidator;
    total = newTotal;
    if (!validator.isEmpty()) {
      String text = source + "\n" + validator + "\n" + total + "\n";
      byte[] lines = text.getBytes(StandardCharsets.UTF_8);
      try {
        WholeFile.at(version).write(out -> out.write(lines));
      } catch (FileSystemException e) {
        throw WholeFile.named(e, version, file);
      }
    }
  }

  /**
   * Writes behind the bytes that are there.
   *
   * @param content more bytes
   * @throws IOException if the content or the file system failed; what was written stays if its version is known
   */
  public void append(WholeFile.Content content) throws IOException {
    boolean done = false;
    try (OutputStream out =
        Files.newOutputStream(part, CREATE, APPEND, LinkOption.NOFOLLOW_LINKS)) {
      content.writeTo(out);
      done = true;
    } catch (FileSystemException e) {
      throw WholeFile.named(e, part, file);
    } finally {
      if (!done && validator.isEmpty()) {
        forget();
      }
    }
  }

  /**
   * Removes what is there.
   *
   * @throws IOException if the file system failed
   */
  public void forget() throws IOException {
    validator = "";
    total = -1;
    // Bytes without a version belong to nothing: the version goes first.
    Files.deleteIfExists(version);
    Files.deleteIfExists(part);
  }

  /**
   * Gives the whole its name.
   *
   * @throws IOException if the file system failed; what was there is as before
   */
  public void finish() throws IOException {
    try {
      WholeFile.move(part, file);
    } catch (FileSystemException e) {
      throw WholeFile.named(e, part, file);
    }
    Files.deleteIfExists(version);
  }
}
