package dev.wireline.http;

import dev.wireline.internal.StrictText;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logins of a netrc file, by host: {@code machine}, {@code login}, {@code password} and {@code default}, as
 * introduced by FTP clients and read by many programs.
 *
 * <p>Words are separated by spaces and line ends; a word with a space in it is quoted, with a backslash before
 * a quote or a backslash. A {@code #} in place of a keyword begins a comment; in a value it is part of the
 * value. {@code account} is ignored, and so is {@code macdef} up to the next empty line. The first entry for a
 * host counts; {@code default} is for hosts without an entry.
 *
 * <p><b>Strict:</b> logins are sent only over https, or over http to {@code localhost} and loopback addresses,
 * by basic auth, when a server asks. The file has no ports, so a login is for every port of its host.
 *
 * <p>Immutable. {@link #toString} shows no login and no password.
 */
public final class Netrc {
  static final int MAX_BYTES = 64 * 1024;

  private final Map<String, Credentials> logins;

  /** Creates it from logins by canonical host, with that of {@code default} under the empty name. */
  Netrc(Map<String, Credentials> logins) {
    this.logins = Map.copyOf(logins);
  }

  /**
   * Reads a file, such as {@code .netrc} in the user's home folder, in UTF-8.
   *
   * @param file the file, of at most 64 KiB
   * @return its logins
   * @throws IOException if it cannot be read, is larger, or is not UTF-8
   * @throws IllegalArgumentException if it violates the grammar; the message names the line but does not show
   *     it
   */
  public static Netrc read(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    return parse(StrictText.decode(bytes, 0, bytes.length, StandardCharsets.UTF_8));
  }

  /**
   * Reads the text of such a file.
   *
   * @param text the text
   * @return its logins
   * @throws IllegalArgumentException as by {@link #read}
   */
  public static Netrc parse(String text) {
    Objects.requireNonNull(text, "text");
    return new Netrc(new NetrcParser(text).logins());
  }

  /**
   * The login for a URL.
   *
   * @param url the URL, of which only scheme and host count
   * @return the credentials; empty if there is no entry, or if others could read them on the way
   */
  public Optional<Credentials> credentials(HttpUrl url) {
    Objects.requireNonNull(url, "url");
    return Optional.ofNullable(login(url, true));
  }

  /** The login for a URL; {@code any} says whether the {@code default} login may be used. */
  @Nullable
  Credentials login(HttpUrl url, boolean any) {
    if (!url.isSecure() && !url.endpoint().isLocal()) {
      return null;
    }
    Credentials named = logins.get(url.host());
    return named == null && any ? logins.get("") : named;
  }

  @Override
  public String toString() {
    return "netrc with " + logins.size() + " logins";
  }
}
