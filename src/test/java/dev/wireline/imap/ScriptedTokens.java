package dev.wireline.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;

/** Tokens of bytes in memory, in which lines end in CRLF or with the bytes. */
final class ScriptedTokens implements Tokens.Input {
  private final byte[] bytes;
  private int at;

  private ScriptedTokens(byte[] bytes) {
    this.bytes = bytes;
  }

  static Tokens of(byte[] bytes) throws IOException {
    ScriptedTokens input = new ScriptedTokens(bytes);
    return new Tokens(input, input.line());
  }

  @Override
  public String line() throws IOException {
    if (at > bytes.length) {
      throw new IOException("the end");
    }
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    int length = end - at - (end > at && end < bytes.length && bytes[end - 1] == '\r' ? 1 : 0);
    String line = new String(bytes, at, length, ISO_8859_1);
    at = end + 1;
    return line;
  }

  @Override
  public byte[] literal(long length) throws IOException {
    if (length > bytes.length - at) {
      throw new IOException("the end");
    }
    at += (int) length;
    return Arrays.copyOfRange(bytes, at - (int) length, at);
  }

  @Override
  public IOException malformed(String rule, String line) {
    return new IOException(rule);
  }

  @Override
  public IOException exceeded(String limit, long max) {
    return new IOException(limit + " " + max);
  }
}
