package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.net.DatagramDialogue;
import dev.wireline.net.Deadline;
import java.io.Closeable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What transfers in both directions have in common. Not thread-safe. */
final class Transfer implements Closeable {
  static final int BLOCKS = 1 << 16;

  private static final String BLOCK_SIZE = "blksize";
  private static final String WINDOW_SIZE = "windowsize";
  private static final String FILE_SIZE = "tsize";
  private static final int UNKNOWN_PEER = 5;
  private static final int BAD_OPTION = 8;
  private static final int UNDEFINED = 0;

  private final Endpoint endpoint;
  private final TftpOptions options;
  private final Activity activity;
  private final DatagramDialogue dialogue;
  private final Map<String, String> asked = new LinkedHashMap<>();
  private int blockBytes = TftpPacket.CLASSIC_BLOCK;
  private int window = 1;
  private List<byte[]> sent = List.of();
  private boolean reads;
  private int tries;
  private int useless;
  private Deadline wait = Deadline.NEVER;

  private Transfer(
      Endpoint endpoint, TftpOptions options, String doing, DatagramDialogue dialogue) {
    this.endpoint = endpoint;
    this.options = options;
    this.activity = new Activity(Phase.READ, doing);
    this.dialogue = dialogue;
  }

  static Transfer open(Endpoint endpoint, TftpOptions options, String doing)
      throws WirelineException {
    byte[] refusal = TftpPacket.error(UNKNOWN_PEER, "unknown transfer ID");
    return new Transfer(
        endpoint, options, doing, DatagramDialogue.open(endpoint, options.datagrams(), refusal));
  }

  int blockBytes() {
    return blockBytes;
  }

  int window() {
    return window;
  }

  /** The options of the request: those that differ from the plain protocol. */
  Map<String, String> ask(int kind, long size) {
    reads = kind == TftpPacket.READ;
    if (options.blockBytes() != TftpPacket.CLASSIC_BLOCK) {
      asked.put(BLOCK_SIZE, Integer.toString(options.blockBytes()));
    }
    if (options.window() != 1) {
      asked.put(WINDOW_SIZE, Integer.toString(options.window()));
    }
    if (size >= 0 && !asked.isEmpty()) {
      asked.put(FILE_SIZE, Long.toString(size));
    }
    return asked;
  }

  /** Takes the options that the server agrees to. */
  void agree(TftpPacket answer) throws WirelineException {
    try {
      for (Map.Entry<String, String> each : answer.options().entrySet()) {
        if (!asked.containsKey(each.getKey())) {
          throw refused("an OACK has options of the request alone (RFC 2347)", each.getKey());
        }
        agree(each.getKey(), each.getValue());
      }
    } catch (MalformedException e) {
      throw refused(e);
    }
  }

  private void agree(String name, String value) throws WirelineException {
    if (name.equals(FILE_SIZE)) {
      if (reads) {
        checkSize(Ascii.decimal(value, Long.MAX_VALUE));
      }
      return;
    }
    boolean block = name.equals(BLOCK_SIZE);
    int number = (int) Ascii.decimal(value, block ? options.blockBytes() : options.window());
    if (number < (block ? 8 : 1)) {
      throw refused("a server agrees to no more than was asked for (RFC 2347)", value);
    }
    if (block) {
      blockBytes = number;
    } else {
      window = number;
    }
  }

  /** Checks that a file is not too large. */
  void checkSize(long size) throws WirelineException {
    if (size > options.maxBytes()) {
      giveUp(UNDEFINED, "the file is too large");
      throw new LimitExceededException(endpoint, activity, "maxBytes", options.maxBytes());
    }
  }

  /** Sends packets, and resends them until there is progress. */
  void send(List<byte[]> packets) throws WirelineException {
    sent = packets;
    useless = 0;
    tries = 1;
    wait = Deadline.after(options.wait(tries), Phase.READ, "maxTries");
    sendAll();
  }

  private void sendAll() throws WirelineException {
    for (byte[] packet : sent) {
      dialogue.send(packet);
    }
  }

  /** Resends a packet, out of turn. */
  void remind(byte[] packet) throws WirelineException {
    dialogue.send(packet);
  }

  /** Counts a packet without progress: with a peer that never pauses no timeout would occur. */
  void passOver() throws WirelineException {
    useless++;
    if (useless > Tftp.MAX_USELESS_PACKETS + window) {
      giveUp(UNDEFINED, "too many packets");
      throw new LimitExceededException(
          endpoint, activity, "packets that bring nothing on", Tftp.MAX_USELESS_PACKETS);
    }
  }

  /** The next packet from the server. */
  TftpPacket next() throws WirelineException {
    while (true) {
      Optional<byte[]> came = dialogue.receive(Duration.ofNanos(wait.remainingNanos()));
      if (came.isPresent()) {
        return checked(came.get());
      }
      if (tries == options.datagrams().maxTries()) {
        String facts = ": " + tries + (tries == 1 ? " try" : " tries");
        throw wait.exceeded(endpoint, activity, "no answer after the last", facts);
      }
      tries++;
      wait = Deadline.after(options.wait(tries), Phase.READ, "maxTries");
      sendAll();
    }
  }

  private TftpPacket checked(byte[] bytes) throws WirelineException {
    try {
      TftpPacket packet = TftpPacket.parse(bytes);
      if (packet.kind() == TftpPacket.ERROR) {
        throw new TftpException(endpoint, activity, packet.number(), packet.text());
      }
      return packet;
    } catch (MalformedException e) {
      throw refused(e);
    }
  }

  private WirelineException refused(MalformedException e) {
    giveUp(UNDEFINED, "malformed");
    return new PeerProtocolException(endpoint, activity, e.rule(), e.excerpt());
  }

  WirelineException refused(String rule, String what) {
    giveUp(BAD_OPTION, rule);
    return new PeerProtocolException(endpoint, activity, rule, Quoted.text(what));
  }

  /** Tells the server that the transfer is over, so that it does not take a part for the whole. */
  void giveUp(int code, String why) {
    try {
      dialogue.send(TftpPacket.error(code, why));
    } catch (WirelineException e) {
      // The server will find out by a timeout.
    }
  }

  /** Whether a server refused the request because it does not know options. */
  boolean isForOptions(TftpException refusal) {
    return refusal.code() == BAD_OPTION && !asked.isEmpty();
  }

  @Override
  public void close() {
    dialogue.close();
  }
}
