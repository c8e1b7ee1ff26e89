package dev.wireline.testing;

import java.io.IOException;
import java.io.OutputStream;

/** What a client gets: every write is sent at once. */
final class PeerOutput extends OutputStream {

  private Link link;

  PeerOutput(Link link) {
    this.link = link;
  }

  /** Writes to another layer from now on. */
  void writeTo(Link layer) {
    link = layer;
  }

  @Override
  public void write(int octet) throws IOException {
    link.write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    link.write(source, offset, length);
  }
}
