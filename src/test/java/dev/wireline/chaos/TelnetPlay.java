package dev.wireline.chaos;

import dev.wireline.line.LineOptions;
import dev.wireline.line.Replies;
import dev.wireline.line.Transcript;
import dev.wireline.telnet.TelnetClient;
import dev.wireline.telnet.TelnetCommand;
import dev.wireline.telnet.TelnetFeature;
import dev.wireline.telnet.TelnetOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Calls of a {@link TelnetClient}, between which both sides bargain about options. */
record TelnetPlay(Carrier carrier) implements Play {
  private static final List<TelnetFeature> FEATURES = List.of(TelnetFeature.values());
  private static final List<TelnetCommand> COMMANDS = List.of(TelnetCommand.values());

  @Override
  public void run(Stage stage) {
    try (TelnetClient client = client(stage)) {
      stage.strikes().at(client);
      stage.hook().on();
      List<Transcript> said = stage.once(2) ? List.of(Transcript.of(client)) : List.of();
      Course course = new Course(stage, client);
      for (int i = stage.upTo(6); i >= 0; i--) {
        if (stage.once(3)) {
          course.call("bargain", "said", true, () -> bargained(client, stage));
        } else {
          Ask ask = stage.ask("REPLY");
          course.call(
              ask.toString(),
              LineCall.REPLY.expected(ask),
              ask.isWhole(),
              () -> asked(client, ask));
        }
      }
      Ask last = stage.askWhole("REPLY");
      String expected = LineCall.REPLY.expected(last);
      course.lastCall(last.toString(), expected, () -> asked(client, last));
      course.close();
      course.call("late " + last, expected, true, () -> asked(client, last));
      said.forEach(transcript -> transcript.lines().forEach(stage::heard));
    }
  }

  private TelnetClient client(Stage stage) {
    LineOptions lines = LineOptions.builder()
        .dialer(stage.servers().dialer(stage))
        .charset(stage.once(3) ? new HookedCharset(stage.hook()) : StandardCharsets.UTF_8)
        .build();
    return new TelnetClient(
        stage.servers().somehow(stage, stage.servers().terminals(carrier)),
        TelnetOptions.builder().lines(lines).terminal("chaos").window(80, 24).build());
  }

  private static String asked(TelnetClient client, Ask ask) throws IOException {
    List<String> lines = Replies.of(client).ask(ask.words(" "), 250).lines();
    return String.join("\n", lines) + "\n";
  }

  private static String bargained(TelnetClient client, Stage stage) throws IOException {
    switch (stage.upTo(5)) {
      case 0 -> client.offer(stage.oneOf(FEATURES));
      case 1 -> client.withdraw(stage.oneOf(FEATURES));
      case 2 -> client.demand(stage.oneOf(FEATURES));
      case 3 -> client.window(1 + stage.upTo(300), 255);
      default -> client.send(stage.oneOf(COMMANDS));
    }
    return "said";
  }
}
