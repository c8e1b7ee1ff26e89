package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is said, its record says the same. */
@Timeout(60)
class RecorderRandomTest {

  /** Pieces that the notation of scripts knows, or that are no text. */
  private static final List<String> PIECES = List.of(
      "\r\n",
      "\n",
      "\r",
      " ",
      "{",
      "}",
      "{a}",
      "{*}",
      "{b*}",
      "|",
      " | ",
      "{|}",
      "#",
      "<close>",
      "S: ",
      "\"",
      "\\",
      "\\?",
      "\\x00",
      "*",
      "a",
      "word",
      "\u00c3\u00bc",
      "\u00ff",
      "\u0000");

  /** A turn of both sides: what the client says, and what the server answers to it. */
  private record Turn(String said, String answer) {}

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void replaysWhatItRecorded(long seed) throws Exception {
    List<Turn> turns = turns(new Random(seed));

    String script;
    try (PeerServer real = PeerServer.start(client -> play(turns, client));
        Recorder recorder = Recorder.of(real.endpoint())) {
      assertThat(talk(turns, recorder.endpoint())).isEqualTo(answers(turns));
      script = recorder.script();
    }

    try (ScriptedServer server = ScriptedServer.play(script)) {
      assertThat(talk(turns, server.endpoint())).as(script).isEqualTo(answers(turns));
      server.verify();
    }
  }

  private static List<Turn> turns(Random random) {
    List<Turn> turns = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      turns.add(new Turn(text(random), text(random)));
    }
    return turns;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(
          random.nextInt(4) == 0
              ? String.valueOf((char) random.nextInt(0x100))
              : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String answers(List<Turn> turns) {
    return String.join("", turns.stream().map(Turn::answer).toList());
  }

  private static void play(List<Turn> turns, PeerConnection client) throws IOException {
    for (Turn turn : turns) {
      client.read(turn.said().length());
      client.write(turn.answer());
    }
  }

  private static String talk(List<Turn> turns, Endpoint server) throws IOException {
    StringBuilder heard = new StringBuilder();
    try (PlainClient client = PlainClient.connect(server)) {
      for (Turn turn : turns) {
        client.sendBytes(turn.said());
        heard.append(client.readBytes(turn.answer().length()));
      }
    }
    return heard.toString();
  }
}
