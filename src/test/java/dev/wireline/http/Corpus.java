package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The kept inputs of a target: one a line in {@code fuzz/TARGET.txt}, where {@code \r}, {@code \n},
 * {@code \t}, {@code \\} and {@code \xHH} stand for a byte. A line that starts with {@code #} says
 * nothing.
 */
final class Corpus {
  private static final String HEX = "0123456789abcdef";

  private Corpus() {}

  static List<byte[]> of(FuzzTarget target) {
    List<byte[]> inputs = new ArrayList<>();
    try (InputStream in = Corpus.class.getResourceAsStream("fuzz/" + target.file() + ".txt")) {
      for (String line : new String(in.readAllBytes(), US_ASCII).split("\n", -1)) {
        if (!line.isEmpty() && line.charAt(0) != '#') {
          inputs.add(input(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inputs;
  }

  /** The input that a line stands for. */
  static byte[] input(String line) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        c = line.charAt(++i);
        if (c == 'x') {
          c = (char) Integer.parseInt(line.substring(i + 1, i + 3), 16);
          i += 2;
        } else if (c != '\\') {
          c = control(c);
        }
      }
      input.write(c);
    }
    return input.toByteArray();
  }

  private static char control(char letter) {
    return switch (letter) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> throw new IllegalArgumentException("\\" + letter + " stands for no byte");
    };
  }

  /** The line that stands for an input. */
  static String line(byte[] input) {
    StringBuilder line = new StringBuilder();
    for (char c : new String(input, ISO_8859_1).toCharArray()) {
      switch (c) {
        case '\r' -> line.append("\\r");
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        case '\\' -> line.append("\\\\");
        default -> {
          boolean visible = c >= ' ' && c < 0x7F && !(c == '#' && line.length() == 0);
          line.append(visible ? "" + c : "\\x" + HEX.charAt(c >> 4) + HEX.charAt(c & 15));
        }
      }
    }
    return line.toString();
  }
}
