package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes lines and sends them, one write for all that was asked for, and holds the writing turn while
 * it does.
 *
 * <p>What goes out is checked after encoding, by bytes, and before the first of them leaves.
 */
final class LineWriter {
  private static final Activity LINE = new Activity(Phase.WRITE, "writing a line to");
  private static final int KEPT_SIZE = 8 * 1024;

  private final LineOptions options;
  private final Turn turn = new Turn("writing");
  private byte[] bytes = new byte[256];
  private int size;
  private long calls;
  private @Nullable DotOutput lent;

  LineWriter(LineOptions options) {
    this.options = options;
  }

  void line(Wire wire, String line) throws WirelineException {
    begin(wire);
    try {
      append(line);
      send(wire);
    } finally {
      reset();
    }
  }

  void line(Wire wire, byte[] line) throws WirelineException {
    begin(wire);
    try {
      appendChecked(line, 0, line.length);
      end();
      send(wire);
    } finally {
      reset();
    }
  }

  void lines(Wire wire, List<String> lines) throws WirelineException {
    begin(wire);
    try {
      for (String line : lines) {
        append(line);
      }
      send(wire);
    } finally {
      reset();
    }
  }

  /** A connection that is gone says so, also where there is nothing to send. */
  private void begin(Wire wire) throws WirelineException {
    wire.checkOpen(LINE);
    checkNotLent();
    turn.take();
  }

  /** Lends the output to a text, up to its end. */
  DotOutput lend(Wire wire) throws WirelineException {
    begin(wire);
    try {
      DotOutput text = new DotOutput(this, wire);
      lent = text;
      return text;
    } finally {
      turn.give();
    }
  }

  void takeBack(DotOutput text) {
    if (lent == text) {
      lent = null;
    }
  }

  /** What is written in the middle of a text would be a part of it. */
  void checkNotLent() {
    if (lent != null) {
      throw new IllegalStateException("a text is being written: close it or give it up first");
    }
  }

  /** Forgets what was begun on a connection that is gone. */
  void forget() {
    lent = null;
  }

  /** Writes a part of the text that was lent the output. */
  void block(Wire wire, byte[] part, int length) throws WirelineException {
    turn.take();
    try {
      calls++;
      Deadline deadline = Deadline.after(options.transferTimeout(), Phase.WRITE, "transferTimeout");
      wire.output().write(part, 0, length, deadline, DotOutput.TEXT);
    } finally {
      turn.give();
    }
  }

  /** Finds what {@link #lines} would refuse, and sends nothing. */
  void check(List<String> lines) {
    for (String line : lines) {
      append(line);
    }
    size = 0;
  }

  private void send(Wire wire) throws WirelineException {
    if (size > 0) {
      calls++;
      Deadline deadline = Deadline.after(options.transferTimeout(), Phase.WRITE, "transferTimeout");
      wire.output().write(bytes, 0, size, deadline, LINE);
    }
  }

  /** How many writes were begun so far. */
  long calls() {
    return calls;
  }

  private void reset() {
    size = 0;
    if (bytes.length > KEPT_SIZE) {
      bytes = new byte[KEPT_SIZE];
    }
    turn.give();
  }

  private void append(String line) {
    ensure(line.length() + 2);
    int at = size;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c >= 0x80) {
        appendEncoded(line);
        return;
      }
      check(c, i);
      // Safe to cut to a byte: it is ASCII, and the charset keeps ASCII as it is.
      bytes[at++] = (byte) c;
    }
    size = at;
    end();
  }

  private void appendEncoded(String line) {
    try {
      ByteBuffer encoded = options
          .charset()
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(line));
      appendChecked(encoded.array(), encoded.arrayOffset(), encoded.limit());
      end();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the line has a character that " + options.charset() + " does not know", e);
    }
  }

  private void appendChecked(byte[] line, int offset, int length) {
    ensure(length + 2);
    for (int i = 0; i < length; i++) {
      check(line[offset + i], i);
    }
    System.arraycopy(line, offset, bytes, size, length);
    size += length;
  }

  /** The line itself is not shown: it may hold a password. */
  private static void check(int octet, int position) {
    if (octet == '\r' || octet == '\n' || octet == 0) {
      String name = octet == 0 ? "NUL" : octet == '\r' ? "CR" : "LF";
      throw new IllegalArgumentException(
          "a line must not hold CR, LF or NUL, but has " + name + " at position " + position);
    }
  }

  private void end() {
    ensure(2);
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }
}
