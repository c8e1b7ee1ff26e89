package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.WirelineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives a file block by block. Not thread-safe.
 *
 * <p>A block out of sequence is answered once with the last one in sequence, since the answer to that may have
 * been lost; answering each would double traffic that a network has already doubled.
 */
final class FileReader extends InputStream {
  private static final String DOING = "reading a file from";

  private final Transfer transfer;
  private byte[] block = {};
  private int at;
  private int number;
  private int sinceAck;
  private long size;
  private boolean reminded;
  private boolean last;
  private @Nullable TftpPacket first;

  private FileReader(Transfer transfer) {
    this.transfer = transfer;
  }

  /** Requests a file, and waits until it comes or is refused. */
  static FileReader open(Endpoint endpoint, String file, TftpOptions options)
      throws WirelineException {
    Transfer transfer = Transfer.open(endpoint, options, DOING);
    boolean begun = false;
    try {
      FileReader reader = new FileReader(transfer);
      reader.begin(file);
      begun = true;
      return reader;
    } catch (TftpException e) {
      if (transfer.isForOptions(e)) {
        return open(
            endpoint, file, options.withBlockBytes(TftpPacket.CLASSIC_BLOCK).withWindow(1));
      }
      throw e;
    } finally {
      if (!begun) {
        transfer.close();
      }
    }
  }

  private void begin(String file) throws WirelineException {
    Map<String, String> asked = transfer.ask(TftpPacket.READ, 0);
    transfer.send(List.of(TftpPacket.request(TftpPacket.READ, file, asked)));
    TftpPacket answer = transfer.next();
    while (answer.kind() == TftpPacket.ACK) {
      transfer.passOver();
      answer = transfer.next();
    }
    if (answer.kind() == TftpPacket.OPTIONS) {
      transfer.agree(answer);
      transfer.send(List.of(TftpPacket.ack(0)));
    } else {
      first = answer;
    }
  }

  private boolean fill() throws WirelineException {
    while (at == block.length) {
      if (last) {
        return false;
      }
      TftpPacket packet = first == null ? transfer.next() : first;
      first = null;
      take(packet);
    }
    return true;
  }

  private void take(TftpPacket packet) throws WirelineException {
    if (packet.kind() != TftpPacket.DATA || packet.number() != (number + 1) % Transfer.BLOCKS) {
      transfer.passOver();
      if (!reminded) {
        reminded = true;
        sinceAck = 0;
        transfer.remind(TftpPacket.ack(number));
      }
      return;
    }
    if (packet.size() > transfer.blockBytes()) {
      throw transfer.refused("a block has no more bytes than was agreed on", "" + packet.size());
    }
    number = packet.number();
    reminded = false;
    block = packet.bytes();
    at = TftpPacket.head();
    last = packet.size() < transfer.blockBytes();
    size += packet.size();
    transfer.checkSize(size);
    sinceAck++;
    if (last || sinceAck == transfer.window()) {
      sinceAck = 0;
      transfer.send(List.of(TftpPacket.ack(number)));
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int some = Math.min(length, block.length - at);
    System.arraycopy(block, at, into, offset, some);
    at += some;
    return some;
  }

  @Override
  public int read() throws IOException {
    return fill() ? block[at++] & 0xFF : -1;
  }

  /** Tells a server that is still sending that nobody is reading. */
  @Override
  public void close() {
    if (!last) {
      last = true;
      transfer.giveUp(0, "cancelled");
    }
    transfer.close();
  }
}
