package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one request with its body (RFC 9112, sections 2.1, 6 and 7.1). */
final class RequestReader {

  /** The longest head that is read. */
  private static final int MAX_HEAD_BYTES = 1 << 20;

  /** The longest body that is read. */
  private static final long MAX_BODY_BYTES = 64L << 20;

  private final PeerConnection connection;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private long contentLength;
  private boolean chunked;

  private RequestReader(PeerConnection connection) {
    this.connection = connection;
  }

  /** Reads the next request, or gives null when the client has hung up in front of it. */
  static @Nullable RawRequest read(PeerConnection connection) throws IOException {
    RequestReader reader = new RequestReader(connection);
    return reader.readHead() ? reader.readBody() : null;
  }

  private boolean readHead() throws IOException {
    String line = readLine();
    if (line == null) {
      return false;
    }
    if (line.isEmpty()) {
      throw new ProtocolException("the request starts with an empty line");
    }
    while (!line.isEmpty()) {
      line = readLineWithin();
      note(line);
      if (bytes.size() > MAX_HEAD_BYTES) {
        throw new ProtocolException("the head is longer than " + MAX_HEAD_BYTES + " bytes");
      }
    }
    return true;
  }

  private void note(String line) throws ProtocolException {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    String value = line.substring(colon + 1).strip();
    switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "content-length" -> contentLength = number(value, 10);
      case "transfer-encoding" -> chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
      default -> {}
    }
  }

  private RawRequest readBody() throws IOException {
    int headBytes = bytes.size();
    if (chunked) {
      readChunks();
    } else {
      read(contentLength);
    }
    return new RawRequest(connection.number(), bytes.toByteArray(), headBytes, body.toByteArray());
  }

  private void readChunks() throws IOException {
    long size;
    do {
      String line = readLineWithin();
      int semicolon = line.indexOf(';');
      size = number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
      read(size);
      if (size > 0 && !readLineWithin().isEmpty()) {
        throw new ProtocolException("a chunk is longer than its size says");
      }
    } while (size > 0);
    String trailer = readLineWithin();
    while (!trailer.isEmpty()) {
      trailer = readLineWithin();
    }
  }

  private void read(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      int octet = connection.read();
      if (octet < 0) {
        throw new EOFException("the client hung up in the body");
      }
      bytes.write(octet);
      body.write(octet);
    }
  }

  private String readLineWithin() throws IOException {
    String line = readLine();
    if (line == null) {
      throw new EOFException("the client hung up in the request");
    }
    return line;
  }

  private @Nullable String readLine() throws IOException {
    byte[] line = connection.readRawLine();
    bytes.writeBytes(line);
    if (bytes.size() > MAX_HEAD_BYTES + 2 * MAX_BODY_BYTES) {
      throw new ProtocolException("the request is too long");
    }
    if (line.length == 0) {
      return null;
    }
    if (line[line.length - 1] != '\n') {
      throw new EOFException("the client hung up in a line");
    }
    String text = Latin1.text(line);
    return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
  }

  private long number(String digits, int radix) throws ProtocolException {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      value = value * radix + digit;
      if (digit < 0 || value + body.size() > MAX_BODY_BYTES) {
        throw new ProtocolException("not a length up to 64 MiB: " + Escaped.text(digits));
      }
    }
    if (digits.isEmpty()) {
      throw new ProtocolException("a length is missing");
    }
    return value;
  }
}
