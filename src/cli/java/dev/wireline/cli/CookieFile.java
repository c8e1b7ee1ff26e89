package dev.wireline.cli;

import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Cookies in a file as browsers and other programs keep it, {@code cookies.txt}: seven words with tabs between them,
 * and {@code #HttpOnly_} before those that scripts do not see.
 */
final class CookieFile implements CookieJar {
  private static final String HTTP_ONLY = "#HttpOnly_";
  private static final String TRUE = "TRUE";
  private static final String FALSE = "FALSE";

  private final MemoryCookieJar memory = new MemoryCookieJar();
  private final Path file;

  private CookieFile(Path file) {
    this.file = file;
  }

  /** What the file holds; nothing if there is none yet. */
  static CookieFile load(Path file) throws IOException {
    Failures.checkFolder(file);
    CookieFile jar = new CookieFile(file);
    if (Files.exists(file)) {
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        if (!line.isBlank() && (!line.startsWith("#") || line.startsWith(HTTP_ONLY))) {
          jar.memory.put(cookie(line, file + ", line " + number), Instant.now());
        }
      }
    }
    return jar;
  }

  /** Those of the session too: the next command is the same session. */
  void save() throws IOException {
    List<String> lines = new ArrayList<>(List.of("# Netscape HTTP Cookie File"));
    memory.cookies(Instant.now()).forEach(cookie -> lines.add(line(cookie)));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    createForOwner(next);
    Files.write(next, lines, StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Who has a cookie is logged in. */
  private static void createForOwner(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException e) {
      Files.createFile(file);
    }
  }

  private static String line(Cookie cookie) {
    return (cookie.isHttpOnly() ? HTTP_ONLY : "")
        + String.join(
            "\t",
            cookie.isHostOnly() ? cookie.domain() : "." + cookie.domain(),
            cookie.isHostOnly() ? FALSE : TRUE,
            cookie.path(),
            cookie.isSecure() ? TRUE : FALSE,
            String.valueOf(cookie.expiry().map(Instant::getEpochSecond).orElse(0L)),
            cookie.name(),
            cookie.value());
  }

  private static Cookie cookie(String line, String place) {
    boolean httpOnly = line.startsWith(HTTP_ONLY);
    String[] words = (httpOnly ? line.substring(HTTP_ONLY.length()) : line).split("\t", 7);
    if (words.length < 7) {
      throw new IllegalArgumentException(place + ": a cookie has seven words with tabs between");
    }
    Cookie.Builder cookie = Cookie.builder(words[5], words[6])
        .path(words[2])
        .secure(words[3].equals(TRUE))
        .httpOnly(httpOnly);
    long expiry = Long.parseLong(words[4]);
    if (expiry > 0) {
      cookie.expiry(Instant.ofEpochSecond(expiry));
    }
    String domain = words[0].startsWith(".") ? words[0].substring(1) : words[0];
    return (words[1].equals(TRUE) ? cookie.domain(domain) : cookie.host(domain)).build();
  }

  @Override
  public List<Cookie> cookiesFor(HttpUrl url, Instant now) {
    return memory.cookiesFor(url, now);
  }

  @Override
  public void store(HttpUrl url, List<String> setCookieValues, Instant now) {
    memory.store(url, setCookieValues, now);
  }
}
