package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that may be seen: those of one folder. Immutable.
 *
 * @param root the folder, without symbolic links
 */
record Folder(Path root) {

  static Folder of(Path folder) throws IOException {
    Path root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
    return new Folder(root);
  }

  /** Finds the file for the path of a target; gives null when none may be seen there. */
  @Nullable
  Path find(String path) throws ProtocolException {
    Path file = root;
    try {
      for (String segment : path.split("/", -1)) {
        String name = decoded(segment);
        if (!isName(name)) {
          return null;
        }
        file = file.resolve(name);
      }
      Path real = (Files.isDirectory(file) ? file.resolve("index.html") : file).toRealPath();
      boolean slash = path.endsWith("/") && !Files.isDirectory(file);
      boolean seen = real.startsWith(root) && Files.isRegularFile(real) && Files.isReadable(real);
      return seen && !slash ? real : null;
    } catch (InvalidPathException | IOException e) {
      if (e instanceof ProtocolException refused) {
        throw refused;
      }
      return null;
    }
  }

  /** An empty name stays where it is, as between two slashes. */
  private static boolean isName(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
  }

  /** Undoes percent-encoding (RFC 3986, section 2.1), once. */
  private static String decoded(String segment) throws ProtocolException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) != '%') {
        bytes.write(segment.charAt(i));
      } else if (i + 2 < segment.length()) {
        bytes.write(hexadecimal(segment.charAt(i + 1)) << 4 | hexadecimal(segment.charAt(i + 2)));
        i += 2;
      } else {
        throw new ProtocolException("an escape is cut");
      }
    }
    try {
      ByteBuffer octets = ByteBuffer.wrap(bytes.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolException("the path is not in UTF-8");
    }
  }

  private static int hexadecimal(char digit) throws ProtocolException {
    int value = digit < 0x80 ? Character.digit(digit, 16) : -1;
    if (value < 0) {
      throw new ProtocolException("an escape is not hexadecimal");
    }
    return value;
  }
}
