package dev.wireline.chaos;

import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Multiplexer;
import dev.wireline.line.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of several threads on one connection, with events between the answers, over each carrier. */
record SharedPlay(Carrier carrier) implements Play {
  private static final Duration LONG = Duration.ofSeconds(5);

  @Override
  public void run(Stage stage) {
    LineOptions options = LineOptions.builder()
        .dialer(stage.servers().dialer(stage))
        .transferTimeout(LONG)
        .build();
    Talker client = new Talker(
        stage.servers().somehow(stage, stage.servers().lines(carrier)),
        options,
        stage.hook(),
        stage.once(3));
    try (client) {
      stage.strikes().at(client);
      Shared shared = new Shared(stage, client);
      stage.hook().on();
      for (int i = stage.upTo(4); i >= 0; i--) {
        shared.anyRound();
      }
      shared.lastCall();
      shared.afterClose();
      stage.heard(client);
    }
  }

  /** The calls on one client. */
  private static final class Shared {
    private final Stage stage;
    private final Talker client;
    private final Course course;
    private final Multiplexer<String> calls;

    Shared(Stage stage, Talker client) {
      this.stage = stage;
      this.client = client;
      this.course = new Course(stage, client);
      this.calls = Multiplexer.of(client, this::message, this::id);
      if (stage.once(2)) {
        calls.tell(event -> stage.hook().pass());
      }
    }

    private String message() throws IOException {
      stage.hook().passIo();
      return client.readLine();
    }

    private Optional<String> id(String message) {
      stage.hook().pass();
      return message.startsWith("*")
          ? Optional.empty()
          : Optional.of(message.substring(0, message.indexOf(' ')));
    }

    void anyRound() {
      if (stage.once(4)) {
        stage
            .attempt("next event", () -> calls.nextEvent(Duration.ofMillis(stage.upTo(20))))
            .ifPresent(event -> event.ifPresent(stage::heard));
      } else {
        callAtOnce();
      }
    }

    /** In this thread, and in up to three others. */
    private void callAtOnce() {
      List<Ask> asks = new ArrayList<>();
      List<Beside> others = new ArrayList<>();
      for (int i = stage.upTo(4); i > 0; i--) {
        Ask ask = ask();
        asks.add(ask);
        others.add(Beside.start(() -> call(ask)));
      }
      Ask own = ask();
      boolean answered = attempt("call " + own, own, () -> call(own));
      for (int i = 0; i < asks.size(); i++) {
        answered |= attempt("beside it, " + asks.get(i), asks.get(i), others.get(i)::result);
      }
      course.checkState(answered);
    }

    /** A peer that only stalls ends a call, and not the connection. */
    private Ask ask() {
      Ask ask = stage.ask("NOTED");
      return ask.ending() == Ending.STALL ? stage.askWhole("NOTED") : ask;
    }

    private String call(Ask ask) throws IOException {
      return calls.call(ask.token(), Message.of().line(ask.words(" ")), LONG);
    }

    private boolean attempt(String what, Ask ask, Steps<String> call) {
      return stage.attempt(what, expected(ask), ask.isWhole(), call);
    }

    private static String expected(Ask ask) {
      return ask.token() + " " + ask.count();
    }

    void lastCall() {
      Ask ask = stage.askWhole("NOTED");
      course.lastCall(ask.toString(), expected(ask), () -> call(ask));
    }

    void afterClose() {
      course.close();
      Ask ask = stage.askWhole("NOTED");
      course.call("late " + ask, expected(ask), ask.isWhole(), () -> call(ask));
    }
  }
}
