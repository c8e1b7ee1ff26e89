package dev.wireline.smtp;

import dev.wireline.line.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A message to be sent, and what was found in it beforehand. Immutable.
 *
 * <p>One that can be read twice is looked through first, so that the server hears its exact size and what it
 * needs. Of the others nothing is known before they leave.
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

  /** Whether its length is exact, and its bytes were looked at. */
  boolean isKnown() {
    return known;
  }

  /** How many bytes leave: about so many if it is not known; negative if nothing can be told. */
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
