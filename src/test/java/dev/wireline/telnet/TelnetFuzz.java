package dev.wireline.telnet;

import dev.wireline.http.Holds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * What a peer sends to a client of Telnet: the same comes of it byte by byte and in one piece, and what is
 * answered is whole commands.
 *
 * <p>The first byte of an input says what the client is willing to do.
 */
public final class TelnetFuzz {
  private static final int ROOM = 1024;

  private TelnetFuzz() {}

  public static void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] said = Arrays.copyOfRange(input, 1, input.length);
    Run whole = new Run(options(input[0]), said, said.length);
    Run slow = new Run(options(input[0]), said, 1);
    Holds.same(whole.failure, slow.failure, "how it ends");
    Holds.that(Arrays.equals(whole.data(), slow.data()), "the data do not depend on the pieces");
    Holds.that(
        Arrays.equals(whole.answers(), slow.answers()), "the answers do not depend on the pieces");
    Holds.that(whole.data().length <= said.length, "no more data than came");
    commands(whole.answers());
    sent(said);
  }

  private static TelnetOptions options(byte willing) {
    TelnetOptions.Builder options = TelnetOptions.builder().binary((willing & 1) == 1);
    if ((willing & 2) == 2) {
      options.terminal("xterm", "vt100");
    }
    if ((willing & 4) == 4) {
      options.window(255, 24);
    }
    if ((willing & 8) == 8) {
      options.environment(Map.of("USER", "ann", "a\1b", "\3"));
    }
    return options.build();
  }

  /** One client that is told all. */
  private static final class Run {
    private final NvtLayer layer;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private String failure = "";

    Run(TelnetOptions options, byte[] said, int piece) {
      layer = new NvtLayer(options);
      try {
        for (int at = 0; at < said.length; at += piece) {
          take(ByteBuffer.wrap(said, at, Math.min(piece, said.length - at)));
        }
        layer.end();
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
        Holds.printable(failure);
      }
      flush();
    }

    private void take(ByteBuffer from) throws IOException {
      while (from.hasRemaining()) {
        ByteBuffer into = ByteBuffer.allocate(7);
        try {
          layer.receive(from, into);
        } finally {
          data.write(into.array(), 0, into.position());
        }
      }
    }

    private void flush() {
      ByteBuffer into = ByteBuffer.allocate(ROOM);
      for (layer.flush(into); into.position() > 0; layer.flush(into.clear())) {
        answers.write(into.array(), 0, into.position());
      }
    }

    byte[] data() {
      return data.toByteArray();
    }

    byte[] answers() {
      return answers.toByteArray();
    }
  }

  private static void commands(byte[] answers) {
    int at = 0;
    while (at < answers.length) {
      Holds.same(answers[at] & 0xFF, Negotiation.IAC, "an answer begins with IAC");
      int verb = answers[at + 1] & 0xFF;
      Holds.that(verb >= Negotiation.SB, "an answer is about an option");
      at += verb == Negotiation.SB ? subLength(answers, at) : 3;
    }
    Holds.same(at, answers.length, "the last answer is whole");
  }

  private static int subLength(byte[] answers, int from) {
    int at = from + 2;
    while (answers[at] != (byte) Negotiation.IAC || answers[at + 1] == (byte) Negotiation.IAC) {
      at += answers[at] == (byte) Negotiation.IAC ? 2 : 1;
    }
    Holds.same(answers[at + 1] & 0xFF, Negotiation.SE, "a sub-negotiation ends");
    return at + 2 - from;
  }

  /** What a client sends is what another one hears. */
  private static void sent(byte[] data) {
    NvtLayer sender = new NvtLayer(TelnetOptions.standard());
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    ByteBuffer from = ByteBuffer.wrap(data);
    ByteBuffer into = ByteBuffer.allocate(ROOM);
    while (from.hasRemaining()) {
      sender.send(from, into.clear());
      wire.write(into.array(), 0, into.position());
    }
    sender.flush(into.clear());
    wire.write(into.array(), 0, into.position());
    Run hearer = new Run(TelnetOptions.standard(), wire.toByteArray(), wire.size() + 1);
    Holds.same(hearer.failure, "", "what is sent breaks no rule");
    Holds.that(Arrays.equals(hearer.data(), data), "what is sent is heard");
  }
}
