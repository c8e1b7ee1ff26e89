package dev.wireline.ftp;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import dev.wireline.line.Command;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** File names, checked and converted for commands and for local folders. No I/O. */
final class Names {
  /** Telnet's "interpret as command" byte, which is doubled to mean itself (RFC 959, section 4.1.2). */
  private static final byte[] IAC = {(byte) 0xFF};

  private static final String FILE = "FILE:";

  private Names() {}

  /** A command about a name; refuses CR, LF and NUL, and a name that is empty. */
  static Command command(String verb, String role, String name, Charset charset) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the " + role + " must not be empty");
    }
    return Command.of(verb).text(telnet(name, charset));
  }

  /** A text in which no byte can be taken for a Telnet command. */
  static String telnet(String text, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return text;
    }
    String iac = new String(IAC, charset);
    return iac.length() == 1 && iac.charAt(0) != '\uFFFD' ? text.replace(iac, iac + iac) : text;
  }

  /** The quoted path in a reply (RFC 959, appendix II), in which quotes are doubled; empty if it has none. */
  static Optional<String> quoted(String text) {
    if (!text.startsWith("\"")) {
      return Optional.empty();
    }
    StringBuilder path = new StringBuilder();
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        if (!text.startsWith("\"\"", at)) {
          return path.isEmpty() ? Optional.empty() : Optional.of(path.toString());
        }
        at++;
      }
      path.append(text.charAt(at));
    }
    return Optional.empty();
  }

  /** The name after {@code FILE:} (RFC 1123, section 4.1.2.9). */
  static Optional<String> unique(String text) {
    int mark = text.indexOf(FILE);
    String name = mark < 0 ? "" : text.substring(mark + FILE.length()).strip();
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** A line that was read as ISO-8859-1, in the charset of names; unchanged if it is not text in that. */
  static String decoded(String line, Charset charset) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StrictText.decode(bytes, 0, bytes.length, charset);
    } catch (CharacterCodingException e) {
      return line;
    }
  }

  /** The path of a file in a folder, both on the server. */
  static String in(String folder, String name) {
    return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /** Whether the last name of a path denotes its folder, or the parent. */
  static boolean isFolderItself(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals(".") || name.equals("..");
  }

  /** A path that no server mistakes for an option of its listing program. */
  static String listed(String path) {
    return path.startsWith("-") ? "./" + path : path;
  }

  /**
   * The local path for a server's file in a folder; empty for an invalid name, or one that leads anywhere else.
   */
  static Optional<Path> within(Path folder, String name) {
    boolean leaves = name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || isDrive(name)
        || name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7F);
    if (leaves) {
      return Optional.empty();
    }
    try {
      Path inside = folder.resolve(name);
      Path last = inside.getFileName();
      boolean same = last != null && last.toString().equals(name);
      return same && folder.equals(inside.getParent()) ? Optional.of(inside) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** On some systems {@code C:x} is a file on another drive, wherever it appears. */
  private static boolean isDrive(String name) {
    int letter = Ascii.lower(name.charAt(0));
    return name.length() > 1 && name.charAt(1) == ':' && letter >= 'a' && letter <= 'z';
  }

  static String host(String name) {
    Command.of("HOST").atom(name);
    return name;
  }
}
