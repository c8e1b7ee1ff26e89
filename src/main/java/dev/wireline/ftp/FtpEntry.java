package dev.wireline.ftp;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of a folder on the server. Immutable.
 *
 * <p>All of it is text from the server. A name may be anything, even {@code ../x}: check it before you use it
 * in a path, as {@link FtpClient#downloadFolder} does.
 *
 * @param name the name; from {@link FtpClient#stat} the requested path
 * @param kind what it is
 * @param size its size in bytes, if the server gives it
 * @param modified when it was last modified; from a server without MLSD only to the minute or the day, and in
 *     the zone that the options set
 * @param facts the other facts from a server with MLSD (RFC 3659, section 7.5), by lower-case name; empty for
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
    /** A regular file. */
    FILE,
    /** A folder. */
    DIRECTORY,
    /** A symbolic link, whose target and its kind are unknown. */
    LINK,
    /** A device, a socket, or anything else. */
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
