package dev.wireline.docs;

import dev.wireline.net.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

// docs: deflate
/** Compression as COMPRESS DEFLATE has it (RFC 4978, RFC 8054): raw DEFLATE in both directions. */
public final class Deflate implements Layer {
  private static final byte[] NONE = {};

  private final Inflater inflater = new Inflater(true);
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private boolean held;

  @Override
  public void receive(ByteBuffer from, ByteBuffer into) throws IOException {
    try {
      inflater.setInput(from);
      inflater.inflate(into);
    } catch (DataFormatException e) {
      throw new IOException("compressed data is DEFLATE (RFC 1951)", e);
    }
  }

  @Override
  public void send(ByteBuffer from, ByteBuffer into) {
    deflater.setInput(from);
    deflater.deflate(into);
    deflater.setInput(NONE); // the buffer is the caller's again
    held = true;
  }

  @Override
  public void flush(ByteBuffer into) {
    if (held) {
      deflater.deflate(into, Deflater.SYNC_FLUSH);
      held = !into.hasRemaining();
    }
  }

  @Override
  public void finish(ByteBuffer into) {
    deflater.finish();
    deflater.deflate(into);
  }
}
// end: deflate
