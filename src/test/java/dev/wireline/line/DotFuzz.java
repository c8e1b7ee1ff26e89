package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Texts that end in a dot, found to be the same whole, byte by byte and in pieces; and what is sent as one
 * comes back.
 *
 * <p>The first byte of an input says whether a bare LF ends a line, the second is the size of the pieces; the
 * text follows.
 */
public final class DotFuzz {
  private DotFuzz() {}

  public static void check(byte[] input) {
    if (input.length < 2) {
      return;
    }
    boolean bareLf = (input[0] & 1) == 1;
    int piece = 1 + (input[1] & 0x3F);
    byte[] wire = Arrays.copyOfRange(input, 2, input.length);
    String whole = read(wire, wire.length + 1, bareLf);
    Holds.same(whole, read(wire, 1, bareLf), "read whole and byte by byte");
    Holds.same(whole, read(wire, piece, bareLf), "read whole and in pieces");
    byte[] sent = sent(wire, wire.length + 1);
    Holds.that(Arrays.equals(sent, sent(wire, piece)), "sent whole and in pieces");
    Holds.same(read(sent, piece, false), mended(wire) + "|", "what was sent comes back");
  }

  /** The content of a text, and what follows it. */
  private static String read(byte[] wire, int piece, boolean bareLf) {
    InputBuffer input = new InputBuffer();
    DotText text = new DotText(input, bareLf);
    StringBuilder content = new StringBuilder();
    int there = 0;
    while (!text.isEnded()) {
      if (text.look()) {
        content.append(new String(text.front(text.buffered()), ISO_8859_1));
        text.consume(text.buffered());
      } else if (there == wire.length) {
        return content + " and no end";
      } else {
        int next = Math.min(wire.length, there + piece);
        Received.add(input, wire, there, next);
        there = next;
      }
    }
    String behind = new String(input.front(input.buffered()), ISO_8859_1);
    return content + "|" + behind + new String(wire, there, wire.length - there, ISO_8859_1);
  }

  private static byte[] sent(byte[] content, int piece) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try {
      Gathering gathering = new Gathering(sent::write);
      DotStuffing text = new DotStuffing(gathering);
      for (int at = 0; at < content.length; at += piece) {
        text.put(content, at, Math.min(piece, content.length - at));
      }
      text.end();
      gathering.send(0);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return sent.toByteArray();
  }

  /** The same content with CRLF at each end of a line, the last one's too. */
  private static String mended(byte[] content) {
    String text = new String(content, ISO_8859_1)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace("\n", "\r\n");
    return text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
  }
}
