package dev.wireline.telnet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which options are on, and what to send about them. No I/O; not thread-safe.
 *
 * <p>An unknown option is refused each time the peer asks for it.
 */
final class Negotiation {
  static final int IAC = 255;
  static final int SE = 240;
  static final int SB = 250;
  static final int WILL = 251;
  static final int WONT = 252;
  static final int DO = 253;
  static final int DONT = 254;

  /** How many bytes of answers are kept for a peer that asks without reading. */
  static final int MAX_ANSWER_BYTES = 8 * 1024;

  /** What a side without a terminal name says if it has offered one (RFC 1091). */
  private static final List<String> UNKNOWN = List.of("UNKNOWN");

  private static final int IS = 0;
  private static final int SEND = 1;

  private final TelnetOptions options;
  private final Map<TelnetFeature, FeatureSide> here = new EnumMap<>(TelnetFeature.class);
  private final Map<TelnetFeature, FeatureSide> there = new EnumMap<>(TelnetFeature.class);
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private int terminal;
  private int columns;
  private int rows;

  Negotiation(TelnetOptions options) {
    this.options = options;
    this.columns = options.columns();
    this.rows = options.rows();
    for (TelnetFeature each : TelnetFeature.values()) {
      here.put(each, new FeatureSide());
      there.put(each, new FeatureSide());
    }
  }

  private FeatureSide side(TelnetFeature feature, boolean isHere) {
    return (isHere ? here : there).getOrDefault(feature, new FeatureSide());
  }

  boolean isOn(TelnetFeature feature, boolean isHere) {
    return side(feature, isHere).isOn();
  }

  /** The peer says WILL, WONT, DO or DONT. */
  void hear(int verb, byte code) throws IOException {
    boolean on = verb == WILL || verb == DO;
    boolean isHere = verb == DO || verb == DONT;
    TelnetFeature feature = TelnetFeature.of(code);
    if (feature == null) {
      if (on) {
        verb(isHere, false, code);
      }
      checkKept();
      return;
    }
    FeatureSide side = side(feature, isHere);
    boolean before = side.isOn();
    FeatureSide.Say say = on ? side.hearOn(agrees(feature, isHere)) : side.hearOff();
    say(isHere, feature, say);
    if (!before && side.isOn() && isHere && feature == TelnetFeature.WINDOW_SIZE) {
      sayWindow();
    }
    checkKept();
  }

  /** Whether a side agrees; a window size set later counts as one in the options. */
  private boolean agrees(TelnetFeature feature, boolean isHere) {
    boolean window = feature == TelnetFeature.WINDOW_SIZE && isHere && columns > 0;
    return window || options.agrees(feature, isHere);
  }

  /** The user wants something on or off. */
  void want(TelnetFeature feature, boolean isHere, boolean on) {
    FeatureSide side = side(feature, isHere);
    say(isHere, feature, on ? side.wantOn() : side.wantOff());
  }

  private void say(boolean isHere, TelnetFeature feature, FeatureSide.Say say) {
    if (say != FeatureSide.Say.NOTHING) {
      verb(isHere, say == FeatureSide.Say.ON, (byte) feature.code());
    }
  }

  private void verb(boolean isHere, boolean on, byte code) {
    int yes = isHere ? WILL : DO;
    put(IAC, on ? yes : yes + 1, code);
  }

  void command(TelnetCommand command) {
    put(IAC, command.code());
  }

  /** Sets the size of the window. */
  void window(int wide, int high) {
    columns = wide;
    rows = high;
    if (isOn(TelnetFeature.WINDOW_SIZE, true)) {
      sayWindow();
    }
  }

  private void sayWindow() {
    byte[] size = {(byte) (columns >> 8), (byte) columns, (byte) (rows >> 8), (byte) rows};
    subnegotiation(TelnetFeature.WINDOW_SIZE, size);
  }

  /** A sub-negotiation of the peer, its option first. */
  void hear(byte[] sub) throws IOException {
    TelnetFeature feature = sub.length < 2 || sub[1] != SEND ? null : TelnetFeature.of(sub[0]);
    if (feature != null && isOn(feature, true)) {
      answer(feature, sub);
      checkKept();
    }
  }

  private void answer(TelnetFeature feature, byte[] sub) {
    if (feature == TelnetFeature.TERMINAL_TYPE) {
      sayTerminal();
    } else if (feature == TelnetFeature.NEW_ENVIRON) {
      subnegotiation(feature, new Environment(options.environment()).answer(sub, 2));
    }
  }

  /** Sends one name after another; the last is sent twice, then the first again (RFC 1091). */
  private void sayTerminal() {
    List<String> names = options.terminals().isEmpty() ? UNKNOWN : options.terminals();
    int count = names.size();
    String name = names.get(Math.min(terminal, count - 1));
    terminal = terminal == count ? 0 : terminal + 1;
    byte[] is = new byte[name.length() + 1];
    is[0] = IS;
    for (int i = 0; i < name.length(); i++) {
      is[i + 1] = (byte) name.charAt(i);
    }
    subnegotiation(TelnetFeature.TERMINAL_TYPE, is);
  }

  private void subnegotiation(TelnetFeature feature, byte[] content) {
    put(IAC, SB, feature.code());
    for (byte octet : content) {
      put(octet);
      if (octet == (byte) IAC) {
        put(IAC);
      }
    }
    put(IAC, SE);
  }

  private void put(int... octets) {
    for (int octet : octets) {
      answers.write(octet);
    }
  }

  private void checkKept() throws IOException {
    if (answers.size() > MAX_ANSWER_BYTES) {
      throw new IOException("a peer takes the answers to what it asks");
    }
  }

  /** Returns and clears what to send; null for nothing. */
  byte @Nullable [] take() {
    if (answers.size() == 0) {
      return null;
    }
    byte[] all = answers.toByteArray();
    answers.reset();
    return all;
  }
}
