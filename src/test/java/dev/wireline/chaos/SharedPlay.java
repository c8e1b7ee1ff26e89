package dev.wireline.chaos;

import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Multiplexer;
import dev.wireline.line.Steps;
import dev.wireline.net.ConnectionState;
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
      Course course = new Course(stage, client);
      stage.hook().on();
      for (int i = stage.upTo(4); i >= 0; i--) {
        course.anyRound();
      }
      stage.hook().off();
      course.lastCall();
      course.afterClose();
      stage.heard(client);
    }
  }

  /** The calls on one client, and whether it was last seen at its end. */
  private static final class Course {
    private final Stage stage;
    private final Talker client;
    private final Multiplexer<String> calls;
    private boolean gone;

    Course(Stage stage, Talker client) {
      this.stage = stage;
      this.client = client;
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
      checkState(answered);
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
      return stage.attempt(what, ask.token() + " " + ask.count(), ask.isWhole(), call);
    }

    /** What broke, or was closed, stays so, and answers nobody. */
    private void checkState(boolean answered) {
      ConnectionState state = client.state();
      stage.note("  then " + state);
      stage.check(!(gone && answered), () -> "a client that was " + state + " answered");
      boolean ended = state == ConnectionState.BROKEN || state == ConnectionState.CLOSED;
      stage.check(!gone || ended, () -> "a client that had ended is " + state);
      gone = ended;
    }

    /** With nothing in its way: a client that is still open answers, so no turn was left behind. */
    void lastCall() {
      stage.strikes().end();
      stage.strikes().calm();
      boolean was = client.state() == ConnectionState.OPEN;
      Ask ask = stage.askWhole("NOTED");
      boolean answered = attempt("last " + ask, ask, () -> call(ask));
      checkState(answered);
      stage.check(
          answered || !was || gone, () -> "a client that is open does not answer, nor break");
    }

    void afterClose() {
      client.close();
      stage.check(
          client.state() == ConnectionState.CLOSED, () -> "closed, it is " + client.state());
      gone = true;
      Ask ask = stage.askWhole("NOTED");
      checkState(attempt("late " + ask, ask, () -> call(ask)));
    }
  }
}
