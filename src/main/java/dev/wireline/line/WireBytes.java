package dev.wireline.line;

import dev.wireline.internal.Unread;
import dev.wireline.net.WireInput;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** The bytes that a wire has received, for what looks at bytes alone. */
record WireBytes(WireInput input) implements Unread {
  @Override
  public int size() {
    return input.buffered();
  }

  @Override
  public byte at(int index) {
    return input.at(index);
  }

  @Override
  public int indexOf(byte wanted, int from) {
    return input.indexOf(wanted, from);
  }

  @Override
  public int indexOf(byte first, byte second, int from) {
    return input.indexOf(first, second, from);
  }

  @Override
  public String text(int from, int to, Charset charset) throws CharacterCodingException {
    return input.text(from, to, charset);
  }

  @Override
  public void copy(int from, byte[] into, int offset, int length) {
    input.copy(from, into, offset, length);
  }

  @Override
  public void skip(int count) {
    input.consume(count);
  }
}
