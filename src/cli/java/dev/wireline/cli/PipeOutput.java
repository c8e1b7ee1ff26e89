package dev.wireline.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output whose reader may go: that is told apart from everything else that fails. */
final class PipeOutput extends FilterOutputStream {
  /** Nobody reads any more. */
  static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1;

    ClosedException(IOException cause) {
      super("the output was closed", cause);
    }
  }

  PipeOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new ClosedException(e);
    }
  }
}
