package dev.wireline.ftp;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of a folder on the server. Immutable.
 *
 * <p>All of it is foreign text. A name may be anything, {@code ../x} too: look at it before you make a path of it,
 * as {@link FtpClient#downloadFolder} does.
 *
 * @param name the name; the path that was asked for where it is from {@link FtpClient#stat}
 * @param kind what it is
 * @param size its size in bytes, where the server tells it
 * @param modified when it was changed last; by a server without MLSD to the minute or the day alone, and in the
 *     zone that the options set
 * @param facts what a server with MLSD says besides (RFC 3659, section 7.5), by names in lower case; empty for
 *     other servers
 * @param line the line as it came
 */
public record FtpEntry(
    String name,
    Kind kind,
    OptionalLong size,
    Optional<Instant> modified,
    Map<String, String> facts,
    String line) {

  /** What an entry is. */
  public enum Kind {
    /** A file with bytes. */
    FILE,
    /** A folder. */
    DIRECTORY,
    /** A symbolic link; where to, and to what, is not known. */
    LINK,
    /** A device, a socket, or what the server has no other word for. */
    OTHER
  }

  /**
   * An entry.
   *
   * @param name as above
   * @param kind as above
   * @param size as above
   * @param modified as above
   * @param facts as above
   * @param line as above
   */
  public FtpEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(modified, "modified");
    facts = Map.copyOf(Objects.requireNonNull(facts, "facts"));
    Objects.requireNonNull(line, "line");
  }

  /**
   * Whether it is a file.
   *
   * @return true for {@link Kind#FILE}
   */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /**
   * Whether it is a folder.
   *
   * @return true for {@link Kind#DIRECTORY}
   */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
