package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** What was said on one connection, in its order. Thread-safe. */
final class Tape {

  private static final char CLIENT = 'C';
  private static final char SERVER = 'S';
  private static final char END = 'e';
  private static final char CUT = 'c';
  private static final char RESET = 'r';

  private final Guard guard;
  private final AtomicLong room;
  private final ByteArrayOutputStream client = new ByteArrayOutputStream();
  private final ByteArrayOutputStream server = new ByteArrayOutputStream();

  /** Whose turn it was: a character for each byte, and for each end of the server. */
  private final StringBuilder order = new StringBuilder();

  private boolean clientEnded;
  private boolean serverEnded;
  private boolean over;

  /** Takes from the room what is recorded; when none is left, less than none is shown. */
  Tape(Guard guard, AtomicLong room) {
    this.guard = guard;
    this.room = room;
  }

  void clientSaid(byte[] buffer, int count) {
    take(CLIENT, client, buffer, count);
  }

  void serverSaid(byte[] buffer, int count) {
    take(SERVER, server, buffer, count);
  }

  private void take(char side, ByteArrayOutputStream said, byte[] buffer, int count) {
    guard.change(() -> {
      if (!over && room.addAndGet(-count) >= 0) {
        said.write(buffer, 0, count);
        order.append(String.valueOf(side).repeat(count));
      }
    });
  }

  /** Notes that the client hung up; tells whether the server had before. */
  boolean clientEnded() {
    return guard.changeAndGet(() -> {
      clientEnded = true;
      return serverEnded;
    });
  }

  /** Notes how the server hung up, unless the client was the first; tells whether it was. */
  boolean serverEnded(Action how) {
    return guard.changeAndGet(() -> {
      serverEnded = true;
      if (!clientEnded && !over) {
        order.append(how == Action.CLOSE ? END : how == Action.CUT ? CUT : RESET);
        over = how != Action.CLOSE;
      }
      return clientEnded;
    });
  }

  boolean isEmpty() {
    return guard.read(order::isEmpty);
  }

  /** What is hidden in a line is shown by a text, such as <code>{*}</code>. */
  String script(Secrets ofClient, Secrets ofServer, String hidden) {
    String fromClient = ofClient.hiding(client.toByteArray());
    String fromServer = ofServer.hiding(server.toByteArray()).replace(Quotation.ANY, '*');
    ScriptWriter script = new ScriptWriter(hidden);
    int heard = 0;
    int said = 0;
    for (int from = 0; from < order.length(); ) {
      char what = order.charAt(from);
      int count = countOf(what, from);
      switch (what) {
        case CLIENT -> {
          script.say(what, fromClient.substring(heard, heard + count));
          heard += count;
        }
        case SERVER -> {
          script.say(what, fromServer.substring(said, said + count));
          said += count;
        }
        // Only what the client says afterwards tells a half close from a close.
        case END -> script.act(from + 1 == order.length() ? Action.CLOSE : Action.HALF_CLOSE);
        default -> script.act(what == CUT ? Action.CUT : Action.RESET);
      }
      from += count;
    }
    return script.finish();
  }

  private int countOf(char what, int from) {
    int to = from;
    while (to < order.length() && order.charAt(to) == what) {
      to++;
    }
    return to - from;
  }
}
