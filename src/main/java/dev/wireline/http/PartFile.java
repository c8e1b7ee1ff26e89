package dev.wireline.http;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Sha256;
import dev.wireline.internal.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * What there is of a file whose download stopped half way: its bytes, in {@code NAME.part}, and in {@code
 * NAME.part.version} three lines that tell of what they are a part: a hash of the URL, which may hold secrets,
 * the validator, and how many bytes the whole has or -1. Not thread-safe.
 */
final class PartFile {
  private static final long MAX_VERSION_BYTES = 64 * 1024;

  private final Path file;
  private final Path part;
  private final Path version;
  private final String source;
  private String validator = "";
  private long total = -1;

  private PartFile(Path file, String source) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.version = file.resolveSibling(file.getFileName() + ".part.version");
    this.source = source;
  }

  /**
   * The part of that file, of which nothing may be there.
   *
   * @throws IllegalArgumentException if the path has no name
   */
  static PartFile of(Path file, HttpRequest request) throws IOException {
    WholeFile.at(file);
    String url = String.valueOf(Chain.checkUrl(request));
    PartFile part = new PartFile(file, Sha256.hex(request.method() + " " + url));
    part.readVersion();
    return part;
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

  /** How many bytes of a known version are there. */
  long size() throws IOException {
    // A link would lead to a file of somebody else.
    boolean there = Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS);
    return validator.isEmpty() || !there ? 0 : Files.size(part);
  }

  /** What If-Range says of the bytes that are there. */
  String validator() {
    return validator;
  }

  /** Whether a whole of so many bytes, -1 for unknown, may be the one that this is a part of. */
  boolean mayHave(long bytes) {
    return bytes < 0 || total < 0 || bytes == total;
  }

  /** Whether all bytes are there. */
  boolean isWhole() throws IOException {
    return total >= 0 && size() == total;
  }

  /** Takes the size of the whole from a response that tells it. */
  void whole(long bytes) {
    total = bytes < 0 ? total : bytes;
  }

  /** Begins anew. Without a validator nothing is kept to go on with. */
  void begin(String newValidator, long newTotal) throws IOException {
    forget();
    validator = newValidator;
    total = newTotal;
    if (!validator.isEmpty()) {
      String text = source + "\n" + validator + "\n" + total + "\n";
      WholeFile.at(version).write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  void append(WholeFile.Content content) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(part, CREATE, APPEND, LinkOption.NOFOLLOW_LINKS)) {
      content.writeTo(out);
    }
  }

  /** Bytes without a version belong to nothing: the version goes first. */
  void forget() throws IOException {
    validator = "";
    total = -1;
    Files.deleteIfExists(version);
    Files.deleteIfExists(part);
  }

  /** Gives the whole its name. */
  void finish() throws IOException {
    WholeFile.move(part, file);
    Files.deleteIfExists(version);
  }
}
