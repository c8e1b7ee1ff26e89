package dev.wireline.testing;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files that may be seen: those of one folder. Immutable. */
final class Folder {

  private final Path root;

  /** Takes a path without symbolic links. */
  private Folder(Path root) {
    this.root = root;
  }

  static Folder of(Path folder) throws IOException {
    Path root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
    return new Folder(root);
  }

  /** Finds the file for the target of a request; gives null when none may be seen there. */
  @Nullable
  Path find(String target) throws ProtocolException {
    URI uri = uri(target);
    String path = uri.getPath();
    // An escaped slash is part of a name, and no file has such a name.
    if (uri.getRawPath().toLowerCase(Locale.ROOT).contains("%2f")) {
      return null;
    }
    Path file = root;
    try {
      for (String name : path.split("/", -1)) {
        if (name.equals(".") || name.equals("..")) {
          return null;
        }
        file = file.resolve(name);
      }
      boolean folder = Files.isDirectory(file);
      Path real = (folder ? file.resolve("index.html") : file).toRealPath();
      boolean seen = real.startsWith(root) && Files.isRegularFile(real) && Files.isReadable(real);
      return seen && (folder || !path.endsWith("/")) ? real : null;
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  /** Reads the forms "/path?query" and "http://host/path?query" (RFC 9112, section 3.2). */
  private static URI uri(String target) throws ProtocolException {
    boolean path = target.startsWith("/");
    if (!path && !target.startsWith("http://") && !target.startsWith("https://")) {
      throw new ProtocolException("the target of a request is no path");
    }
    try {
      return new URI(path ? "http://folder" + target : target);
    } catch (URISyntaxException e) {
      throw new ProtocolException("the target of a request is malformed");
    }
  }
}
