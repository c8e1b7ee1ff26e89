package dev.wireline.line;

import dev.wireline.net.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Telnet's commands (RFC 854), taken out of what comes; every option is refused (RFC 855). */
final class Telnet implements Layer {
  private static final int MAX_ANSWERS = 1024;
  private static final byte IAC = (byte) 255;
  private static final int SE = 240;
  private static final int SB = 250;
  private static final int WILL = 251;
  private static final int WONT = 252;
  private static final int DO = 253;
  private static final int DONT = 254;

  private final ByteBuffer answers = ByteBuffer.allocate(MAX_ANSWERS);
  private boolean command;
  private boolean negotiating;
  private boolean within;
  private int verb;

  @Override
  public void receive(ByteBuffer from, ByteBuffer into) throws IOException {
    while (from.hasRemaining() && into.hasRemaining()) {
      byte octet = from.get();
      if (negotiating) {
        negotiating = false;
        answer(octet);
      } else if (command) {
        command = false;
        command(octet, into);
      } else if (octet == IAC) {
        command = true;
      } else if (!within) {
        into.put(octet);
      }
    }
  }

  private void command(byte octet, ByteBuffer into) throws IOException {
    int code = octet & 0xFF;
    if (code == 255 && !within) {
      into.put(octet);
    } else if (code >= WILL && code <= DONT) {
      verb = code;
      negotiating = true;
    } else if (code == SB) {
      within = true;
    } else if (code == SE) {
      within = false;
    } else if (code < SE) {
      throw new IOException("a command of Telnet is 240 or more (RFC 854)");
    }
  }

  private void answer(byte option) throws IOException {
    if (verb == WILL || verb == DO) {
      if (answers.remaining() < 3) {
        throw new IOException("a peer takes the answers to what it asks");
      }
      answers.put(IAC).put((byte) (verb == DO ? WONT : DONT)).put(option);
    }
  }

  @Override
  public void send(ByteBuffer from, ByteBuffer into) {
    while (from.hasRemaining() && into.remaining() >= 2) {
      byte octet = from.get();
      into.put(octet);
      if (octet == IAC) {
        into.put(IAC);
      }
    }
  }

  @Override
  public void flush(ByteBuffer into) {
    answers.flip();
    while (answers.hasRemaining() && into.hasRemaining()) {
      into.put(answers.get());
    }
    answers.compact();
  }

  @Override
  public void end() throws IOException {
    if (command || negotiating || within) {
      throw new IOException("a command of Telnet is whole");
    }
  }
}
