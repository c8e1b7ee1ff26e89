package dev.wireline.chaos;

import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls of a {@link LineClient}, over each carrier. */
record LinePlay(Carrier carrier) implements Play {
  private static final List<LineCall> CALLS = List.of(LineCall.values());

  @Override
  public void run(Stage stage) {
    try (Talker client = client(stage)) {
      stage.strikes().at(client);
      stage.hook().on();
      List<Transcript> said = stage.once(2) ? List.of(transcript(client, stage)) : List.of();
      Course course = new Course(stage, client);
      for (int i = stage.upTo(5); i >= 0; i--) {
        course.anyCall();
      }
      stage.hook().off();
      course.lastCall();
      course.afterClose();
      said.forEach(transcript -> transcript.lines().forEach(stage::heard));
      stage.heard(client);
    }
  }

  private Talker client(Stage stage) {
    LineOptions options = LineOptions.builder()
        .dialer(stage.servers().dialerThroughProxy(stage))
        .charset(stage.once(3) ? new HookedCharset(stage.hook()) : StandardCharsets.UTF_8)
        .transferTimeout(Duration.ofSeconds(5))
        .build();
    return new Talker(
        stage.servers().somehow(stage, stage.servers().lines(carrier)),
        options,
        stage.hook(),
        stage.once(3));
  }

  private static Transcript transcript(LineClient client, Stage stage) {
    Transcript said = Transcript.of(client);
    return said.tell(line -> {
      stage.heard(line);
      stage.hook().pass();
    });
  }

  /** The calls of one client, and the state that it was last seen in. */
  private static final class Course {
    private final Stage stage;
    private final Talker client;
    private boolean gone;

    Course(Stage stage, Talker client) {
      this.stage = stage;
      this.client = client;
    }

    void anyCall() {
      if (stage.once(8)) {
        pipeline();
      } else {
        call(stage.oneOf(CALLS));
      }
    }

    private boolean call(LineCall call) {
      Ask ask = call.ask(stage);
      boolean answered = stage.attempt(
          call + " " + ask, call.expected(ask), ask.isWhole(), () -> call.run(client, ask, stage));
      checkState(answered);
      return answered;
    }

    /** What broke, or was closed, stays so, and answers nothing. */
    private void checkState(boolean answered) {
      ConnectionState state = client.state();
      stage.note("  then " + state);
      stage.check(!(gone && answered), () -> "a client that was " + state + " answered");
      boolean ended = state == ConnectionState.BROKEN || state == ConnectionState.CLOSED;
      stage.check(!gone || ended, () -> "a client that had ended is " + state);
      gone = ended;
    }

    private void pipeline() {
      Pipeline pipeline = Pipeline.of(client);
      List<Ask> asks = new ArrayList<>();
      List<Pipelined<Reply>> answers = new ArrayList<>();
      for (int i = stage.upTo(6); i >= 0; i--) {
        Ask ask = stage.ask("REPLY");
        asks.add(ask);
        answers.add(pipeline.add(ask.words(" "), () -> {
          stage.hook().passIo();
          return Replies.of(client).expect(250);
        }));
      }
      boolean answered = stage
          .attempt("PIPELINE " + asks, () -> {
            pipeline.run();
            return true;
          })
          .isPresent();
      checkState(answered);
      for (int i = 0; i < asks.size(); i++) {
        checkPart(asks.get(i), answers.get(i), answered);
      }
    }

    /** An answer that came before the failure is there, whole. */
    private void checkPart(Ask ask, Pipelined<Reply> part, boolean all) {
      stage.check(part.isAnswered() || !all, () -> "no answer to " + ask);
      if (part.isAnswered()) {
        stage.attempt("of it, " + ask, LineCall.REPLY.expected(ask), ask.isWhole(), () -> {
          return String.join("\n", part.get().lines()) + "\n";
        });
      }
    }

    /** With nothing in its way: a client that is still open answers, so no turn was left behind. */
    void lastCall() {
      stage.strikes().end();
      stage.strikes().calm();
      Ask ask = stage.askWhole("LINE");
      boolean was = client.state() == ConnectionState.OPEN;
      boolean answered = stage.attempt(
          "last " + ask,
          LineCall.LINE.expected(ask),
          true,
          () -> LineCall.LINE.run(client, ask, stage));
      checkState(answered);
      stage.check(
          answered || !was || gone, () -> "a client that is open does not answer, nor break");
    }

    void afterClose() {
      client.close();
      stage.check(
          client.state() == ConnectionState.CLOSED, () -> "closed, it is " + client.state());
      gone = true;
      call(LineCall.LINE);
    }
  }
}
