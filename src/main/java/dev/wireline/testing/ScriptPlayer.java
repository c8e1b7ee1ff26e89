package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Plays a script once, for the first client, and remembers how far it came. */
final class ScriptPlayer implements Peer {

  /** The most bytes that a client may say in one line or behind the end. */
  private static final int MAX_BYTES = PeerInput.MAX_LINE_BYTES;

  private static final Duration TO_TAKE_WHAT_HAS_ARRIVED = Duration.ofSeconds(5);

  /** How long the rest of a line behind the end is waited for, so that a report has it whole. */
  private static final Duration TO_END_A_LINE = Duration.ofMillis(200);

  private final Script script;
  private final Delivery delivery;
  private final Guard guard = new Guard();
  private final Conversation conversation = new Conversation();
  private final ByteArrayOutputStream behindTheEnd = new ByteArrayOutputStream();

  private @Nullable PeerConnection connection;
  private int next;
  private @Nullable String trouble;
  private byte[] wrong = {};

  /** Whether the trouble is what the client said, and not that it left or that it was cut off. */
  private boolean saidOtherwise;

  private boolean told;

  ScriptPlayer(Script script, Delivery delivery) {
    this.script = script;
    this.delivery = delivery;
  }

  @Override
  public void talk(PeerConnection client) {
    boolean first = guard.changeAndGet(() -> takeFirst(client));
    if (!first) {
      return;
    }
    try {
      while (next < script.size()) {
        if (!playOne(client)) {
          return;
        }
      }
      hearOut(client);
    } catch (ClosedChannelException e) {
      giveUp("the server was closed");
    } catch (IOException e) {
      giveUp("the connection broke: " + Escaped.text(String.valueOf(e)));
    }
  }

  private boolean takeFirst(PeerConnection client) {
    if (connection != null) {
      return false;
    }
    connection = client;
    return true;
  }

  @Override
  public void handshakeFailed(IOException failure) {
    guard.change(() -> {
      if (connection == null) {
        giveUp("TLS did not come about: " + Escaped.text(String.valueOf(failure)));
      }
    });
  }

  /** Plays the next line, or lines of the server; gives false when that failed. */
  private boolean playOne(PeerConnection client) throws IOException {
    if (script.line(next).fromServer()) {
      say(client);
      return true;
    }
    byte[] expected = script.line(next).bytes();
    byte[] heard = hearLine(client);
    if (!Arrays.equals(expected, heard)) {
      guard.change(() -> saidOtherwise = endsInLineFeed(heard) || heard.length == MAX_BYTES);
      giveUp(mismatch(expected, heard), heard);
      return false;
    }
    guard.change(() -> {
      conversation.takeLine();
      next++;
    });
    return true;
  }

  private void say(PeerConnection client) throws IOException {
    int end = script.endOfServerLines(next);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = next; i < end; i++) {
      bytes.writeBytes(script.line(i).bytes());
    }
    // Said before it is sent: whoever gets it may look at the conversation at once.
    guard.change(() -> {
      for (int i = next; i < end; i++) {
        conversation.serverSaid(script.line(i));
      }
    });
    delivery.send(client, bytes.toByteArray());
    guard.change(() -> next = end);
  }

  private byte[] hearLine(PeerConnection client) throws IOException {
    int size = 0;
    while (size++ < MAX_BYTES) {
      int octet = client.read();
      if (octet < 0 || guard.changeAndGet(() -> conversation.clientSaid(octet))) {
        break;
      }
    }
    return guard.read(conversation::begunLine);
  }

  private static String mismatch(byte[] expected, byte[] heard) {
    if (!endsInLineFeed(heard)) {
      return heard.length < MAX_BYTES
          ? "the client hung up too early"
          : "the client's line is longer than " + MAX_BYTES + " bytes";
    }
    int end = heard.length - 1;
    boolean sameButForCr =
        expected.length == end + 2 && Arrays.equals(expected, 0, end, heard, 0, end);
    return sameButForCr
        ? "the client ended its line with a bare LF in place of CRLF"
        : "the client said another line";
  }

  /** Waits behind the end of the script until the client hangs up, or says a line more. */
  private void hearOut(PeerConnection client) {
    try {
      int octet = client.read();
      client.limitReads(TO_END_A_LINE);
      while (octet >= 0 && hearBehindTheEnd(octet, client.buffered())) {
        octet = client.read();
      }
    } catch (IOException e) {
      // A reset behind the end is how some clients hang up; and there may be no rest of the line.
      return;
    }
  }

  /** Takes a byte behind the end; tells whether to wait for another one. */
  private boolean hearBehindTheEnd(int octet, int buffered) {
    return guard.changeAndGet(() -> {
      behindTheEnd.write(octet);
      boolean lineEnded = conversation.clientSaid(octet);
      if (lineEnded) {
        conversation.takeLine();
      }
      return behindTheEnd.size() < MAX_BYTES && (buffered > 0 || !lineEnded);
    });
  }

  private void giveUp(String reason) {
    giveUp(reason, guard.read(conversation::begunLine));
  }

  private void giveUp(String reason, byte[] heard) {
    guard.change(() -> {
      trouble = reason;
      wrong = heard;
      if (endsInLineFeed(heard)) {
        conversation.takeLine();
      }
    });
  }

  private static boolean endsInLineFeed(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\n';
  }

  String conversation() {
    return guard.read(conversation::text);
  }

  /** Waits for the end of the script; throws an AssertionError when it was not reached. */
  void verify(Duration atMost) {
    guard.change(() -> told = true);
    boolean over = guard.awaitInTest(() -> trouble != null || next == script.size(), atMost);
    PeerConnection client = guard.read(() -> connection);
    if (over && client != null && guard.read(() -> trouble) == null) {
      client.awaitDry(TO_TAKE_WHAT_HAS_ARRIVED);
    }
    guard.change(() -> report(over, atMost));
  }

  /** Throws an AssertionError when the client said something else and nobody was told so far. */
  void tellDifference() {
    guard.change(() -> {
      boolean known = told;
      told = true;
      if (!known && (saidOtherwise || behindTheEnd.size() > 0)) {
        throw new AssertionError(report(difference()));
      }
    });
  }

  private String difference() {
    return trouble == null ? "the client said more than the script" : trouble;
  }

  private void report(boolean over, Duration atMost) {
    if (!over && trouble == null) {
      String waiting = connection == null ? "no client connected" : "nothing more happened";
      throw new AssertionError(report(waiting + " within " + atMost.toMillis() + " ms"));
    }
    if (trouble != null || behindTheEnd.size() > 0) {
      throw new AssertionError(report(difference()));
    }
  }

  private String report(String reason) {
    byte[] came = came();
    return reason
        + "\n  expected: "
        + expected()
        + "\n  came:     "
        + (came.length == 0 ? "nothing" : "\"" + Escaped.bytes(came) + "\"")
        + "\nthe script:\n"
        + script.markedAt(next)
        + "what was said:\n"
        + conversation.indented();
  }

  private byte[] came() {
    if (trouble != null) {
      return wrong;
    }
    return next == script.size() ? behindTheEnd.toByteArray() : conversation.begunLine();
  }

  private String expected() {
    if (next == script.size()) {
      return "nothing more";
    }
    Script.Line line = script.line(next);
    return line.fromServer()
        ? "that the client takes what the server says"
        : "\"" + Escaped.bytes(line.bytes()) + "\"";
  }
}
