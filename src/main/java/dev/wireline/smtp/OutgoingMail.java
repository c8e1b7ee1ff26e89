package dev.wireline.smtp;

import dev.wireline.line.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A message to send, and what was found in it beforehand. Immutable.
 *
 * <p>A repeatable message is scanned first, so that the server can be told its exact size and what it requires.
 * About others nothing is known before they are sent.
 */
final class OutgoingMail {
  private final Content content;
  private final int maxLine;
  private final boolean known;
  private final long length;
  private final boolean eightBit;
  private final boolean eightBitHeader;

  private OutgoingMail(Content content, int maxLine, long length) {
    this.content = content;
    this.maxLine = maxLine;
    this.known = false;
    this.length = length;
    this.eightBit = false;
    this.eightBitHeader = false;
  }

  private OutgoingMail(Content content, int maxLine, long length, MessageLines seen) {
    this.content = content;
    this.maxLine = maxLine;
    this.known = true;
    this.length = length;
    this.eightBit = seen.hasEightBit();
    this.eightBitHeader = seen.hasEightBitHeader();
  }

  static OutgoingMail of(Content content, int maxLine) throws IOException {
    if (!content.isRepeatable()) {
      return new OutgoingMail(content, maxLine, content.length());
    }
    try (MessageLines lines = new MessageLines(content.open(), maxLine, true)) {
      long length = lines.transferTo(OutputStream.nullOutputStream());
      return new OutgoingMail(content, maxLine, length, lines);
    } catch (MessageLines.LongLineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Whether its length is exact, and its bytes were scanned. */
  boolean isKnown() {
    return known;
  }

  /** How many bytes are sent: an estimate if it was not scanned; negative if unknown. */
  long length() {
    return length;
  }

  boolean hasEightBit() {
    return eightBit;
  }

  boolean hasEightBitHeader() {
    return eightBitHeader;
  }

  InputStream open(boolean takesEightBit) throws IOException {
    return new MessageLines(content.open(), maxLine, takesEightBit);
  }
}
