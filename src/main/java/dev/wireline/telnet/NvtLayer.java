package dev.wireline.telnet;

import dev.wireline.net.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes Telnet commands from what comes, and escapes what is sent (RFC 854).
 *
 * <p>Thread-safe: the connection drives it, while the client negotiates options.
 */
final class NvtLayer implements Layer {
  /** The longest sub-negotiation, in bytes. */
  static final int MAX_SUBNEGOTIATION_BYTES = 512;

  private static final byte IAC = (byte) Negotiation.IAC;
  private static final int LEAST_COMMAND = 236;

  /** What the next byte belongs to. */
  private enum Place {
    DATA,
    COMMAND,
    OPTION,
    SUB,
    SUB_COMMAND
  }

  private final ReentrantLock guard = new ReentrantLock();
  private final Negotiation negotiation;
  private final ByteArrayOutputStream sub = new ByteArrayOutputStream();
  private Place place = Place.DATA;
  private int verb;
  private boolean afterCr;
  private boolean heldCr;
  private ByteBuffer leaving = ByteBuffer.allocate(0);

  NvtLayer(TelnetOptions options) {
    this.negotiation = new Negotiation(options);
  }

  /** A step of the client's negotiation. */
  interface Step {
    void with(Negotiation negotiation);
  }

  void run(Step step) {
    guard.lock();
    try {
      step.with(negotiation);
    } finally {
      guard.unlock();
    }
  }

  boolean isOn(TelnetFeature feature, boolean here) {
    guard.lock();
    try {
      return negotiation.isOn(feature, here);
    } finally {
      guard.unlock();
    }
  }

  @Override
  public void receive(ByteBuffer from, ByteBuffer into) throws IOException {
    guard.lock();
    try {
      while (from.hasRemaining() && into.hasRemaining()) {
        take(from.get(), into);
      }
    } finally {
      guard.unlock();
    }
  }

  private void take(byte octet, ByteBuffer into) throws IOException {
    switch (place) {
      case DATA -> {
        if (octet == IAC) {
          place = Place.COMMAND;
        } else {
          data(octet, into);
        }
      }
      case COMMAND -> command(octet, into);
      case OPTION -> {
        place = Place.DATA;
        negotiation.hear(verb, octet);
      }
      case SUB -> {
        if (octet == IAC) {
          place = Place.SUB_COMMAND;
        } else {
          keep(octet);
        }
      }
      case SUB_COMMAND -> subCommand(octet);
    }
  }

  /** In text a CR that is not part of a line end is followed by a NUL. */
  private void data(byte octet, ByteBuffer into) {
    boolean padding = octet == 0 && afterCr && !negotiation.isOn(TelnetFeature.BINARY, false);
    afterCr = octet == '\r';
    if (!padding) {
      into.put(octet);
    }
  }

  private void command(byte octet, ByteBuffer into) throws IOException {
    int code = octet & 0xFF;
    place = Place.DATA;
    if (octet == IAC) {
      data(octet, into);
    } else if (code >= Negotiation.WILL) {
      verb = code;
      place = Place.OPTION;
    } else if (code == Negotiation.SB) {
      sub.reset();
      place = Place.SUB;
    } else if (code < LEAST_COMMAND) {
      throw new IOException("a command of Telnet is " + LEAST_COMMAND + " or more (RFC 854)");
    }
  }

  private void subCommand(byte octet) throws IOException {
    if (octet == IAC) {
      place = Place.SUB;
      keep(octet);
    } else if ((octet & 0xFF) == Negotiation.SE) {
      place = Place.DATA;
      negotiation.hear(sub.toByteArray());
    } else {
      throw new IOException("a sub-negotiation of Telnet ends in IAC SE (RFC 855)");
    }
  }

  private void keep(byte octet) throws IOException {
    if (sub.size() == MAX_SUBNEGOTIATION_BYTES) {
      throw new IOException(
          "a sub-negotiation of Telnet has at most " + MAX_SUBNEGOTIATION_BYTES + " bytes");
    }
    sub.write(octet);
  }

  @Override
  public void send(ByteBuffer from, ByteBuffer into) {
    guard.lock();
    try {
      boolean binary = negotiation.isOn(TelnetFeature.BINARY, true);
      while (from.hasRemaining() && into.remaining() > 3) {
        put(from.get(), into, binary);
      }
    } finally {
      guard.unlock();
    }
  }

  private void put(byte octet, ByteBuffer into, boolean binary) {
    if (heldCr) {
      heldCr = false;
      into.put((byte) '\r');
      if (octet != '\n') {
        into.put((byte) 0);
      }
    }
    if (octet == '\r' && !binary) {
      heldCr = true;
    } else {
      into.put(octet);
      if (octet == IAC) {
        into.put(IAC);
      }
    }
  }

  @Override
  public void flush(ByteBuffer into) {
    guard.lock();
    try {
      if (heldCr) {
        heldCr = false;
        into.put((byte) '\r').put((byte) 0);
      }
      byte[] more = leaving.hasRemaining() ? null : negotiation.take();
      if (more != null) {
        leaving = ByteBuffer.wrap(more);
      }
      while (leaving.hasRemaining() && into.hasRemaining()) {
        into.put(leaving.get());
      }
    } finally {
      guard.unlock();
    }
  }

  @Override
  public void end() throws IOException {
    if (place != Place.DATA) {
      throw new IOException("a command of Telnet is whole");
    }
  }
}
