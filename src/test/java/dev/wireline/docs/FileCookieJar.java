package dev.wireline.docs;

// docs: http-file-jar-class
import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A jar whose lasting cookies are kept in a file, a line each. Thread-safe. */
public final class FileCookieJar implements CookieJar {
  private final MemoryCookieJar memory = new MemoryCookieJar();
  private final Path file;

  private FileCookieJar(Path file) {
    this.file = file;
  }

  /** A jar with what a file holds; one that is not there yet is empty. */
  public static FileCookieJar load(Path file) throws IOException {
    FileCookieJar jar = new FileCookieJar(file);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        jar.memory.put(cookie(line), Instant.now());
      }
    }
    return jar;
  }

  /** Writes the cookies that outlive the session. */
  public void save() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Cookie cookie : memory.cookies(Instant.now())) {
      if (cookie.expiry().isPresent()) {
        lines.add(line(cookie));
      }
    }
    Files.write(file, lines, StandardCharsets.UTF_8);
  }

  private static String line(Cookie cookie) {
    return String.join(
        "\t",
        cookie.domain(),
        String.valueOf(cookie.isHostOnly()),
        cookie.path(),
        String.valueOf(cookie.isSecure()),
        cookie.expiry().orElseThrow().toString(),
        cookie.created().toString(),
        cookie.name() + "=" + cookie.value());
  }

  private static Cookie cookie(String line) {
    String[] parts = line.split("\t", 7);
    int equals = parts[6].indexOf('=');
    String name = parts[6].substring(0, equals);
    Cookie.Builder cookie = Cookie.builder(name, parts[6].substring(equals + 1))
        .path(parts[2])
        .secure(Boolean.parseBoolean(parts[3]))
        .expiry(Instant.parse(parts[4]))
        .created(Instant.parse(parts[5]));
    boolean hostOnly = Boolean.parseBoolean(parts[1]);
    return (hostOnly ? cookie.host(parts[0]) : cookie.domain(parts[0])).build();
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
// end: http-file-jar-class
