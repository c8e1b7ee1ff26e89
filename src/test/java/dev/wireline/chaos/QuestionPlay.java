package dev.wireline.chaos;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.finger.Finger;
import dev.wireline.finger.FingerQuery;
import dev.wireline.gopher.Gopher;
import dev.wireline.line.Incoming;
import dev.wireline.line.QuestionOptions;
import dev.wireline.whois.Whois;
import java.io.IOException;
import java.time.Duration;

/** Protocols of one question, whose answer ends with the connection: Gopher, whois and finger. */
record QuestionPlay(Carrier carrier) implements Play {
  private static final String BETWEEN = " ";

  @Override
  public void run(Stage stage) {
    QuestionOptions options = QuestionOptions.standard()
        .withDialer(stage.servers().dialer(stage))
        .withTimeout(Duration.ofSeconds(5));
    Endpoint server = stage.servers().somehow(stage, stage.servers().lines(carrier));
    stage.hook().on();
    for (int i = stage.upTo(3); i >= 0; i--) {
      Ask ask = stage.askWhole("END");
      int kind = stage.upTo(3);
      stage.attempt(
          "question " + kind + " " + ask,
          ask.text(),
          true,
          () -> ask(stage, kind, server, ask, options));
    }
    stage.hook().off();
    stage.strikes().end();
    stage.strikes().calm();
  }

  private static String ask(
      Stage stage, int kind, Endpoint server, Ask ask, QuestionOptions options) throws IOException {
    String words = ask.words(BETWEEN);
    return switch (kind) {
      case 0 -> {
        try (Incoming in = Gopher.open(server, words, options)) {
          stage.hook().passIo();
          yield in.text();
        }
      }
      case 1 -> Whois.ask(server, words, options).text();
      default -> Finger.ask(server, FingerQuery.of(words), options);
    };
  }
}
