package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays the scene of one connection, and remembers how far it came. */
final class ScenePlayer {

  /** The most bytes that a client may say in one line or behind the end. */
  private static final int MAX_BYTES = PeerInput.MAX_LINE_BYTES;

  private static final Duration TO_TAKE_WHAT_HAS_ARRIVED = Duration.ofSeconds(5);

  /** How long the rest of a line behind the end is waited for, so that a report has it whole. */
  private static final Duration TO_END_A_LINE = Duration.ofMillis(200);

  /** How long the rest of a line is waited for that may be one for any time. */
  private static final Duration TO_END_AN_ASIDE = Duration.ofSeconds(5);

  /** How long a reset may be on its way on this machine. */
  private static final Duration TO_RESET = Duration.ofMillis(100);

  private final Scene scene;
  private final @Nullable TestCertificate certificate;
  private final Guard guard;
  private final Voice voice;
  private final boolean strict;
  private final Conversation conversation = new Conversation();
  private final ByteArrayOutputStream behindTheEnd = new ByteArrayOutputStream();
  private final Map<String, String> captures = new HashMap<>();
  private final List<Step.Aside> asides = new ArrayList<>();

  private @Nullable PeerConnection connection;
  private @Nullable Repetition repetition;
  private int next;
  private @Nullable String trouble;
  private byte[] wrong = {};
  private boolean heardOut;

  /** Whether the trouble is what the client said, and not that it left or that it was cut off. */
  private boolean saidOtherwise;

  /** The certificate is what is shown where the scene starts TLS; null when it does not. */
  ScenePlayer(
      Scene scene,
      Sending sending,
      @Nullable TestCertificate certificate,
      Guard guard,
      boolean strict) {
    this.scene = scene;
    this.voice = new Voice(guard, sending, conversation, captures);
    this.certificate = certificate;
    this.guard = guard;
    this.strict = strict;
  }

  /** Plays to the end, and hears the client out behind it. */
  void play(PeerConnection client) throws InterruptedException {
    if (playScene(client) && scene.endsOpen()) {
      hearOut(client);
    }
  }

  /** Plays to the end; gives false when the client did not keep to the scene. */
  boolean playScene(PeerConnection client) throws InterruptedException {
    guard.change(() -> connection = client);
    try {
      while (next < scene.size()) {
        if (!playOne(client)) {
          return false;
        }
      }
      return true;
    } catch (ClosedChannelException e) {
      giveUp("the server was closed");
    } catch (IOException e) {
      giveUp("the connection broke: " + Escaped.text(String.valueOf(e)));
    }
    return false;
  }

  /** Plays the next step, or all that the server says in a row; gives false when that failed. */
  private boolean playOne(PeerConnection client) throws IOException, InterruptedException {
    Step step = scene.steps().get(next);
    if (step instanceof Step.HearLine expected) {
      return hear(client, expected);
    }
    if (step instanceof Step.HearBytes expected) {
      return hear(client, expected);
    }
    if (step instanceof Step.Act act) {
      return act(client, act);
    }
    if (step instanceof Step.AnyTime standing) {
      pass(step, () -> asides.addAll(standing.asides()));
      return true;
    }
    if (step instanceof Step.Every every) {
      repetition = voice.repetition(client, every);
      pass(step, () -> {});
      return true;
    }
    say(client);
    return true;
  }

  /** Takes a step as done that neither says nor hears anything itself. */
  private void pass(Step step, Runnable change) {
    guard.change(() -> {
      change.run();
      conversation.serverDid(step.toString());
      next++;
    });
  }

  private void say(PeerConnection client) throws IOException {
    int end = scene.endOfSpeech(next);
    List<Step.Say> row = new ArrayList<>();
    for (Step step : scene.steps().subList(next, end)) {
      if (step instanceof Step.Say say) {
        row.add(say);
      }
    }
    voice.say(client, row);
    guard.change(() -> next = end);
  }

  /** Reads a byte; says meanwhile what the scene repeats at this place. */
  private int read(PeerConnection client) throws IOException {
    Repetition repeated = repeatedHere();
    return repeated == null ? client.read() : repeated.read(client);
  }

  private @Nullable Repetition repeatedHere() {
    return scene.repeatedAt(next) == null ? null : repetition;
  }

  /** Answers a line that the client may say at any time; gives false when it is no such line. */
  private boolean answerAside(PeerConnection client, byte[] line) throws IOException {
    for (Step.Aside aside : asides) {
      Map<String, String> found = aside.heard().match(line);
      if (found != null) {
        guard.change(() -> {
          captures.putAll(found);
          conversation.takeAside();
          behindTheEnd.reset();
        });
        voice.sayAside(client, aside.answer(), true);
        return true;
      }
    }
    return false;
  }

  private boolean act(PeerConnection client, Step.Act act)
      throws IOException, InterruptedException {
    if (act.action() == Action.DELAY) {
      delay(client, act.time());
    } else if (act.action() == Action.START_TLS && !startTls(client)) {
      return false;
    }
    // Done before it is seen: whoever sees the end of the connection may verify at once.
    guard.change(() -> {
      conversation.serverDid(act.toString());
      next++;
    });
    switch (act.action()) {
      case HALF_CLOSE -> client.shutdownOutput();
      case CLOSE -> client.close();
      case CUT -> client.closeWithoutNotify();
      case RESET -> client.reset();
      case STALL -> client.hold();
      case DELAY, START_TLS -> {}
    }
    return true;
  }

  private void delay(PeerConnection client, Duration time)
      throws IOException, InterruptedException {
    Repetition repeated = repeatedHere();
    if (repeated == null) {
      client.hold(time);
    } else {
      repeated.hold(client, time);
    }
  }

  private boolean startTls(PeerConnection client) {
    if (certificate == null) {
      throw new IllegalStateException("no certificate to show");
    }
    try {
      client.startTls(certificate);
      return true;
    } catch (IOException e) {
      giveUp("TLS did not come about: " + Escaped.text(String.valueOf(e)));
      return false;
    }
  }

  private boolean hear(PeerConnection client, Step.HearLine expected) throws IOException {
    byte[] heard = hearLine(client);
    Map<String, String> found = expected.match(heard);
    if (found == null) {
      if (answerAside(client, heard)) {
        return true;
      }
      guard.change(() -> saidOtherwise = endsInLineFeed(heard) || heard.length == MAX_BYTES);
      giveUp(mismatch(expected, Latin1.text(heard)), heard);
      return false;
    }
    guard.change(() -> {
      captures.putAll(found);
      conversation.takeLine();
      next++;
    });
    return true;
  }

  private byte[] hearLine(PeerConnection client) throws IOException {
    int size = 0;
    while (size++ < MAX_BYTES) {
      int octet = read(client);
      if (octet < 0 || guard.changeAndGet(() -> conversation.clientSaid(octet))) {
        break;
      }
    }
    return guard.read(conversation::begun);
  }

  private static String mismatch(Step.HearLine expected, String heard) {
    if (!heard.endsWith("\n")) {
      return heard.length() < MAX_BYTES
          ? "the client hung up too early"
          : "the client's line is longer than " + MAX_BYTES + " bytes";
    }
    return expected.match(heard.substring(0, heard.length() - 1)) == null
        ? "the client said another line"
        : "the client ended its line with a bare LF in place of CRLF";
  }

  private boolean hear(PeerConnection client, Step.HearBytes expected) throws IOException {
    for (char one : expected.octets().toCharArray()) {
      int octet = read(client);
      if (octet < 0) {
        giveUp("the client hung up too early");
        return false;
      }
      guard.change(() -> conversation.clientSaid(octet));
      if (octet != one && one != Quotation.ANY) {
        if (hearAside(client, octet)) {
          return true;
        }
        guard.change(() -> saidOtherwise = true);
        giveUp("the client said other bytes");
        return false;
      }
    }
    guard.change(() -> {
      conversation.takeBytes(expected);
      next++;
    });
    return true;
  }

  /** Hears whether other bytes than the scene expects begin a line that may come at any time. */
  private boolean hearAside(PeerConnection client, int last) throws IOException {
    if (asides.isEmpty()) {
      return false;
    }
    int octet = last;
    client.limitReads(TO_END_AN_ASIDE);
    try {
      for (int more = 0; octet >= 0 && octet != '\n' && more < MAX_BYTES; more++) {
        octet = client.read();
        if (octet >= 0) {
          int heard = octet;
          guard.change(() -> conversation.clientSaid(heard));
        }
      }
      return answerAside(client, guard.read(conversation::begun));
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      client.unlimitReads();
    }
  }

  /** Waits behind the end of the scene until the client hangs up, or says a line more. */
  private void hearOut(PeerConnection client) throws InterruptedException {
    try {
      int octet = hearBehindTheEnd(client);
      // What reaches a client that has hung up before comes back as a reset, which no read tells
      // of.
      if (strict && octet < 0 && client.awaitOver(TO_RESET)) {
        tellUnread();
      }
    } catch (SocketTimeoutException e) {
      // There may be no rest of the line.
      return;
    } catch (IOException e) {
      // A reset behind the end is how some clients hang up, or what a close makes of unread bytes.
      if (strict && !client.isClosed()) {
        tellUnread();
      }
    } finally {
      guard.change(() -> heardOut = true);
    }
  }

  private void tellUnread() {
    guard.change(() -> {
      next = scene.lastSaid();
      trouble = "the client hung up before it had read all that the server said";
    });
  }

  /** Reads up to what may not be said behind the end; gives the last byte, or -1 at the end. */
  private int hearBehindTheEnd(PeerConnection client) throws IOException {
    while (true) {
      int octet = read(client);
      client.limitReads(asides.isEmpty() ? TO_END_A_LINE : TO_END_AN_ASIDE);
      while (octet >= 0 && hearBehindTheEnd(client, octet)) {
        octet = client.read();
      }
      if (octet < 0 || behindTheEnd.size() > 0) {
        return octet;
      }
      client.unlimitReads();
    }
  }

  /** Takes a byte behind the end; tells whether to wait for another one of what was begun. */
  private boolean hearBehindTheEnd(PeerConnection client, int octet) throws IOException {
    boolean lineEnded = guard.changeAndGet(() -> {
      behindTheEnd.write(octet);
      return conversation.clientSaid(octet);
    });
    if (lineEnded && answerAside(client, behindTheEnd.toByteArray())) {
      return false;
    }
    if (lineEnded) {
      guard.change(conversation::takeLine);
    }
    return behindTheEnd.size() < MAX_BYTES && (client.buffered() > 0 || !lineEnded);
  }

  private void giveUp(String reason) {
    giveUp(reason, guard.read(conversation::begun));
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

  /** What was said in full so far. */
  List<String> said() {
    return conversation.lines().stream().map(Conversation.Said::text).toList();
  }

  boolean wasTaken() {
    return connection != null;
  }

  boolean wasPlayed() {
    return next == scene.size();
  }

  /** Whether nothing more can come of it. */
  boolean isOver() {
    return wasPlayed() && (!strict || heardOut);
  }

  /** Waits until what the client had sent behind the end by now was heard. */
  void awaitHeard() {
    PeerConnection client = guard.read(() -> trouble == null && wasPlayed() ? connection : null);
    if (client != null && scene.endsOpen()) {
      client.awaitDry(TO_TAKE_WHAT_HAS_ARRIVED);
    }
  }

  /** What went wrong, if anything did. */
  @Nullable
  String difference() {
    return trouble == null && saidMore() ? "the client said more than the script" : trouble;
  }

  /** Whether the client said something else or more, and did not just leave. */
  boolean heardOtherwise() {
    return saidOtherwise || saidMore();
  }

  /** What may become a line for any time is nothing more until it was heard out. */
  private boolean saidMore() {
    return behindTheEnd.size() > 0 && (asides.isEmpty() || heardOut);
  }

  String report(String reason) {
    return new Report(scene, next, conversation.lines()).text(reason, came());
  }

  private byte[] came() {
    if (trouble != null) {
      return wrong;
    }
    return wasPlayed() ? behindTheEnd.toByteArray() : conversation.begun();
  }
}
