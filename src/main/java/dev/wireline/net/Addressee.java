package dev.wireline.net;

import dev.wireline.internal.TimeText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** One address of a peer in one call: its channel from the first attempt on, and why it dropped out. */
final class Addressee {
  private final InetSocketAddress address;
  private final LatePorts late;
  private @Nullable DatagramChannel channel;
  private @Nullable AttemptException failure;
  private long start;
  private int sent;

  Addressee(InetSocketAddress address, LatePorts late) {
    this.address = address;
    this.late = late;
  }

  /** Sends the request once, or drops out. */
  void send(byte[] request, Selector selector) {
    try {
      DatagramChannel open = channel == null ? open(selector) : channel;
      sent++;
      // What finds no room in the system is lost, as it may be anywhere on its way.
      open.write(ByteBuffer.wrap(request));
    } catch (IOException | UnsupportedAddressTypeException e) {
      dropOut(e);
    }
  }

  private DatagramChannel open(Selector selector) throws IOException {
    start = System.nanoTime();
    DatagramChannel opened = connect();
    for (int i = 1; i < LatePorts.MOST_TRIES && !isOnAnotherPort(opened); i++) {
      Closing.quietly(opened);
      opened = connect();
    }
    opened.register(selector, SelectionKey.OP_READ);
    return opened;
  }

  private DatagramChannel connect() throws IOException {
    DatagramChannel opened = LocalFault.datagrams();
    channel = opened;
    opened.configureBlocking(false);
    return opened.connect(address);
  }

  private boolean isOnAnotherPort(DatagramChannel opened) throws IOException {
    return !(opened.getLocalAddress() instanceof InetSocketAddress local)
        || late.note(local.getPort());
  }

  /**
   * Takes the next datagram that has come, and says whether there was one.
   *
   * <p>The system reports a refusal before it delivers what came earlier; an answer to an earlier attempt
   * counts more.
   */
  boolean receive(ByteBuffer into) {
    DatagramChannel open = channel;
    if (open == null || failure != null) {
      return false;
    }
    PortUnreachableException refusal = null;
    for (int refusals = 0; ; refusals++) {
      try {
        boolean received = open.receive(into.clear()) != null;
        if (!received && refusal != null) {
          dropOut(refusal);
        }
        return received;
      } catch (PortUnreachableException e) {
        // A refusal for each attempt and one more: they come faster than they are taken.
        if (refusals > sent) {
          dropOut(e);
          return false;
        }
        refusal = e;
      } catch (IOException e) {
        dropOut(e);
        return false;
      }
    }
  }

  private void dropOut(Exception e) {
    failure = new AttemptException(
        AddressText.of(address) + ": " + reason(e) + " after "
            + TimeText.of(System.nanoTime() - start),
        e);
    close();
  }

  private static String reason(Exception e) {
    if (e instanceof PortUnreachableException) {
      return "port unreachable";
    }
    String said = e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }

  /** Why it dropped out; null while it has not. */
  @Nullable
  AttemptException failure() {
    return failure;
  }

  /** How often it was sent to. */
  int sent() {
    return sent;
  }

  void close() {
    DatagramChannel open = channel;
    if (open != null) {
      Closing.quietly(open);
    }
  }
}
