package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import java.text.ParseException;
import java.util.Objects;

/**
 * A status line and the header section after it (RFC 9112, sections 4 and 5). Immutable.
 *
 * <p><b>Lenient:</b> the SP after the status may be missing if there is no reason (section 4 requires it, many
 * servers leave it out, and nothing can be mistaken), and a line may end with a bare LF (section 2.2). A
 * version 1.2 to 1.9 counts as 1.1, as RFC 9110, section 2.5 says.
 *
 * <p><b>Strict:</b> no empty line or space precedes the status line, the status has three digits and is at
 * least 100, and the reason has no control character except HTAB.
 */
public final class ResponseHead {
  private static final int STATUS = 9;
  private static final int STATUS_END = 12;

  private final byte[] block;
  private final int reasonStart;
  private final boolean http10;
  private final int status;
  private final Headers headers;

  private ResponseHead(byte[] block, int reasonStart, boolean http10, int status, Headers headers) {
    this.block = block;
    this.reasonStart = reasonStart;
    this.http10 = http10;
    this.status = status;
    this.headers = headers;
  }

  /**
   * Parses a head.
   *
   * @param block holds the head from index 0; belongs to this object from now on
   * @param length the length of the head, its empty line included
   * @param maxHeaders how many fields are accepted
   * @return the head
   * @throws ParseException if the bytes are not such a head, or are more than one ({@link MalformedException}),
   *     or there are more fields ({@link dev.wireline.internal.TooLargeException})
   */
  public static ResponseHead parse(byte[] block, int length, int maxHeaders) throws ParseException {
    Objects.checkFromToIndex(0, length, block.length);
    boolean http10 = isHttp10(block, length);
    int status = status(block, length);
    int reason = STATUS_END;
    if (reason < length && block[reason] == ' ') {
      reason++;
    } else if (reason < length && block[reason] != '\r' && block[reason] != '\n') {
      throw broken("a status has three digits and SP after them", block, length);
    }
    int reasonEnd = reasonEnd(block, reason, length);
    int line = block[reasonEnd] == '\n' ? reasonEnd + 1 : reasonEnd + 2;
    Headers headers = Headers.parse(block, line, length, maxHeaders);
    return new ResponseHead(block, reason, http10, status, headers);
  }

  /**
   * A head that nobody sent.
   *
   * @param status the status
   * @return a head of HTTP/1.1 with no reason and no fields
   */
  public static ResponseHead of(int status) {
    return new ResponseHead(new byte[0], 0, false, status, Headers.empty());
  }

  private static boolean isHttp10(byte[] block, int length) throws MalformedException {
    boolean right = length >= STATUS && block[0] == 'H' && block[1] == 'T' && block[2] == 'T';
    right = right && block[3] == 'P' && block[4] == '/' && block[6] == '.' && block[8] == ' ';
    if (!right || !Ascii.isDigit(block[5]) || !Ascii.isDigit(block[7])) {
      throw broken("a status line starts with HTTP/1.1 or HTTP/1.0 and SP", block, length);
    }
    if (block[5] != '1') {
      throw broken("the version is HTTP/1.1 or HTTP/1.0", block, length);
    }
    return block[7] == '0';
  }

  private static int status(byte[] block, int length) throws MalformedException {
    int status = 0;
    for (int i = STATUS; i < STATUS_END; i++) {
      if (i >= length || !Ascii.isDigit(block[i])) {
        throw broken("a status has three digits", block, length);
      }
      status = status * 10 + block[i] - '0';
    }
    if (status < 100) {
      throw broken("a status is 100 at least", block, length);
    }
    return status;
  }

  /** The index of the line end after the reason, which is complete. */
  private static int reasonEnd(byte[] block, int from, int length) throws MalformedException {
    int i = from;
    while (i < length && mayStandInReason(block[i])) {
      i++;
    }
    int lf = i < length && block[i] == '\r' ? i + 1 : i;
    if (lf >= length || block[lf] != '\n') {
      throw broken("a reason has no control character, and a line end after it", block, length);
    }
    return i;
  }

  private static boolean mayStandInReason(byte b) {
    return (b >= ' ' && b != 0x7F) || b < 0 || b == '\t';
  }

  private static MalformedException broken(String rule, byte[] block, int length) {
    int end = 0;
    while (end < length && block[end] != '\n') {
      end++;
    }
    return new MalformedException(rule + " (RFC 9112, section 4)", Quoted.bytes(block, 0, end));
  }

  /**
   * Whether the version is 1.0.
   *
   * @return true for HTTP/1.0, false for HTTP/1.1
   */
  public boolean isHttp10() {
    return http10;
  }

  /**
   * The status; what is above 599 counts as 5xx (RFC 9110, section 15).
   *
   * @return 100 to 999
   */
  public int status() {
    return status;
  }

  /**
   * The reason as the server spelled it, in UTF-8 or else ISO-8859-1.
   *
   * @return the reason; may be empty
   */
  public String reason() {
    int end = reasonStart;
    while (end < block.length && mayStandInReason(block[end])) {
      end++;
    }
    return StrictText.utf8OrLatin1(block, reasonStart, end);
  }

  /**
   * The header fields.
   *
   * @return the fields in their order
   */
  public Headers headers() {
    return headers;
  }
}
