package dev.wireline.chaos;

import dev.wireline.dict.DictClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Transcript;
import java.io.IOException;
import java.util.List;

/** Calls of a {@link DictClient}. */
record DictPlay(Carrier carrier) implements Play {
  @Override
  public void run(Stage stage) {
    LineOptions options =
        LineOptions.builder().dialer(stage.servers().dialerThroughProxy(stage)).build();
    try (DictClient client =
        new DictClient(stage.servers().somehow(stage, stage.servers().words(carrier)), options)) {
      stage.strikes().at(client);
      stage.hook().on();
      List<Transcript> said = stage.once(2) ? List.of(Transcript.of(client)) : List.of();
      Course course = new Course(stage, client);
      for (int i = stage.upTo(5); i >= 0; i--) {
        Ask ask = stage.ask(stage.once(2) ? "DEFINE" : "MATCH");
        course.call(ask.toString(), ask.text(), ask.isWhole(), () -> asked(client, ask));
      }
      Ask last = stage.askWhole("DEFINE");
      course.lastCall(last.toString(), last.text(), () -> asked(client, last));
      course.close();
      course.call("late " + last, last.text(), true, () -> asked(client, last));
      said.forEach(transcript -> transcript.lines().forEach(stage::heard));
    }
  }

  private static String asked(DictClient client, Ask ask) throws IOException {
    StringBuilder text = new StringBuilder();
    if (ask.verb().equals("DEFINE")) {
      client
          .define(ask.toString())
          .forEach(found -> text.append(found.text().replace("\r\n", "\n")));
    } else {
      client
          .match(DictClient.ALL, "exact", ask.toString())
          .forEach(found -> text.append(found.text()).append('\n'));
    }
    return text.toString();
  }
}
