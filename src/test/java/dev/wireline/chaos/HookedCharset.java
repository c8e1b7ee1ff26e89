package dev.wireline.chaos;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** US-ASCII that passes a hook for each piece. */
final class HookedCharset extends Charset {
  private final Hook hook;

  HookedCharset(Hook hook) {
    super("X-Hooked", new String[0]);
    this.hook = hook;
  }

  @Override
  public boolean contains(Charset other) {
    return equals(other);
  }

  @Override
  public CharsetDecoder newDecoder() {
    return new CharsetDecoder(this, 1, 1) {
      @Override
      protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
        hook.pass();
        while (in.hasRemaining()) {
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          if (in.get(in.position()) < 0) {
            return CoderResult.malformedForLength(1);
          }
          out.put((char) in.get());
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  @Override
  public CharsetEncoder newEncoder() {
    return new CharsetEncoder(this, 1, 1) {
      @Override
      protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
        hook.pass();
        while (in.hasRemaining()) {
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          if (in.get(in.position()) > 127) {
            return CoderResult.unmappableForLength(1);
          }
          out.put((byte) in.get());
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }
}
