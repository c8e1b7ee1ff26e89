package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.WirelineException;
import dev.wireline.line.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Sends a file window by window. Not thread-safe.
 *
 * <p>A duplicate answer triggers no retransmission (RFC 1123, section 4.2.3.1): only a timeout does.
 */
final class FileWriter {
  private static final String DOING = "writing a file to";

  private final Transfer transfer;
  private final InputStream in;
  private final Deque<byte[]> open = new ArrayDeque<>();

  /** The last block that the server has. */
  private int acked;

  private int made;
  private boolean last;

  private FileWriter(Transfer transfer, InputStream in) {
    this.transfer = transfer;
    this.in = in;
  }

  /** Sends a file, and waits until the server has all of it. */
  static void write(Endpoint endpoint, String file, Content content, TftpOptions options)
      throws IOException {
    boolean plain = false;
    try (Transfer transfer = Transfer.open(endpoint, options, DOING)) {
      try {
        begin(transfer, file, content);
        send(transfer, content);
      } catch (TftpException e) {
        if (!transfer.isForOptions(e)) {
          throw e;
        }
        plain = true;
      }
    }
    if (plain) {
      write(
          endpoint,
          file,
          content,
          options.withBlockBytes(TftpPacket.CLASSIC_BLOCK).withWindow(1));
    }
  }

  private static void begin(Transfer transfer, String file, Content content) throws IOException {
    Map<String, String> asked = transfer.ask(TftpPacket.WRITE, content.length());
    transfer.send(List.of(TftpPacket.request(TftpPacket.WRITE, file, asked)));
    TftpPacket answer = transfer.next();
    if (answer.kind() == TftpPacket.OPTIONS) {
      transfer.agree(answer);
    } else if (answer.kind() != TftpPacket.ACK || answer.number() != 0) {
      throw transfer.refused("a request to write is answered by ACK 0 or OACK", "" + answer.kind());
    }
  }

  private static void send(Transfer transfer, Content content) throws IOException {
    boolean done = false;
    try (InputStream in = content.open()) {
      new FileWriter(transfer, in).run();
      done = true;
    } catch (WirelineException e) {
      done = true;
      throw e;
    } finally {
      if (!done) {
        transfer.giveUp(0, "the sender has failed");
      }
    }
  }

  private void run() throws IOException {
    fill();
    while (!open.isEmpty()) {
      TftpPacket answer = transfer.next();
      int more = answer.kind() == TftpPacket.ACK
          ? (answer.number() - acked + Transfer.BLOCKS) % Transfer.BLOCKS
          : 0;
      if (more > 0 && more <= open.size()) {
        for (int i = 0; i < more; i++) {
          open.remove();
        }
        acked = answer.number();
        fill();
      } else {
        transfer.passOver();
      }
    }
  }

  /** Sends what the server does not have, up to a window. */
  private void fill() throws IOException {
    while (!last && open.size() < transfer.window()) {
      byte[] content = in.readNBytes(transfer.blockBytes());
      last = content.length < transfer.blockBytes();
      made = (made + 1) % Transfer.BLOCKS;
      open.add(TftpPacket.data(made, content));
    }
    if (!open.isEmpty()) {
      transfer.send(new ArrayList<>(open));
    }
  }
}
