package dev.wireline.chaos;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes a hook at each read. */
final class HookedStream extends FilterInputStream {
  private static final int MOST = 4000;

  private final Hook hook;

  HookedStream(InputStream in, Hook hook) {
    super(in);
    this.hook = hook;
  }

  @Override
  public int read() throws IOException {
    hook.passIo();
    return super.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    hook.passIo();
    return super.read(into, offset, Math.min(length, MOST));
  }

  @Override
  public void close() throws IOException {
    hook.passIo();
    super.close();
  }
}
