package dev.wireline.testing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what was said as the lines of a script, a character a byte. Not thread-safe. */
final class ScriptWriter {

  /** How much of what is no text stands in one line. */
  private static final int QUOTED_OCTETS = 64;

  private final StringBuilder script = new StringBuilder();
  private final String hidden;

  /** The text stands in a line for what is hidden in it. */
  ScriptWriter(String hidden) {
    this.hidden = hidden;
  }

  /** Writes what one side said in a row. */
  void say(char side, String octets) {
    for (int from = 0; from < octets.length(); ) {
      int end = octets.indexOf('\n', from) + 1;
      end = end == 0 ? octets.length() : end;
      sayLine(side, octets.substring(from, end));
      from = end;
    }
  }

  private void sayLine(char side, String octets) {
    String text = text(octets);
    if (text != null) {
      script.append(side).append(text.isEmpty() ? ":" : ": ").append(text).append('\n');
      return;
    }
    for (int from = 0; from < octets.length(); from += QUOTED_OCTETS) {
      int end = Math.min(from + QUOTED_OCTETS, octets.length());
      script.append(side).append("> ").append(Quotation.of(octets.substring(from, end)));
      script.append('\n');
    }
  }

  void act(Action action) {
    script.append('<').append(action.text()).append(">\n");
  }

  /** Gives the lines; a connection on which nothing happened has one too. */
  String finish() {
    if (script.isEmpty()) {
      script.append("S> \"\"\n");
    }
    return script.toString();
  }

  /** Gives a line as text, or null when it is none or would not survive an editor. */
  private @Nullable String text(String octets) {
    int end = octets.length() - 2;
    if (!octets.endsWith("\r\n") || octets.length() > PeerInput.MAX_LINE_BYTES) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < end; ) {
      boolean secret = octets.charAt(from) == Quotation.ANY;
      int to = from;
      while (to < end && octets.charAt(to) == Quotation.ANY == secret) {
        to++;
      }
      String part = secret ? hidden : literal(octets.substring(from, to));
      if (part == null) {
        return null;
      }
      text.append(part);
      from = to;
    }
    boolean blankAtEnd = end > 0 && Character.isWhitespace(text.charAt(text.length() - 1));
    return blankAtEnd ? null : text.toString();
  }

  private static @Nullable String literal(String octets) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Latin1.bytes(octets));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.codePoints().allMatch(Escaped::prints) ? Template.literal(text) : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
