package dev.wireline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.header.Headers;
import dev.wireline.header.HttpDate;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** file (RFC 8089), below one folder: neither dots nor links may lead out of it. Immutable. */
final class FileScheme implements UrlScheme {
  private final Path folder;

  FileScheme(Path folder) {
    this.folder = folder;
  }

  @Override
  public Fetched open(String url) throws IOException {
    UrlOpener.checkCharacters(url);
    Path path = path(url);
    try {
      Path real = path.toRealPath();
      if (!real.startsWith(folder.toRealPath())) {
        // As if it did not exist: whoever may not see it need not know.
        throw new NoSuchFileException(path.toString());
      }
      return Files.isDirectory(real) ? names(url, real) : file(url, real);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      // A path below a file does not exist either, but has no exception of its own.
      throw Files.exists(path) && !(e instanceof NoSuchFileException)
          ? e
          : new NotFoundException(url, e);
    }
  }

  /** The local path of a URL. */
  static Path path(String url) {
    int end = Math.min(endOf(url, '?'), endOf(url, '#'));
    String path = url.substring("file:".length(), end);
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String host = path.substring(2, slash < 0 ? path.length() : slash);
      if (slash < 0 || !(host.isEmpty() || host.equalsIgnoreCase("localhost"))) {
        throw new IllegalArgumentException(
            "a file URL names a path on this host: file:///path (RFC 8089)");
      }
      path = path.substring(slash);
    }
    if (!path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException("a file URL has one absolute path (RFC 8089)");
    }
    try {
      return Path.of(new URI("file", null, UrlOpener.decoded("path", path, ""), null));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a file URL has one absolute path (RFC 8089)", e);
    }
  }

  private static int endOf(String url, char c) {
    int at = url.indexOf(c);
    return at < 0 ? url.length() : at;
  }

  private static Fetched file(String url, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("neither a file nor a folder: " + file);
    }
    Headers info = Headers.of(
        "Content-Length",
        "" + Files.size(file),
        UrlOpener.LAST_MODIFIED,
        HttpDate.format(Files.getLastModifiedTime(file).toInstant()));
    InputStream in = Files.newInputStream(file);
    Incoming content = Incoming.of(in, UrlOpener.NOWHERE, LineOptions.standard());
    return Fetched.of(url, info, content, in);
  }

  private static Fetched names(String url, Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      String names = entries
          .map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/\n" : "\n"))
          .sorted()
          .collect(Collectors.joining());
      return UrlOpener.inMemory(
          url,
          UrlOpener.NAMES,
          names.getBytes(UTF_8),
          UrlOpener.NOWHERE,
          LineOptions.standard(),
          () -> {});
    }
  }
}
