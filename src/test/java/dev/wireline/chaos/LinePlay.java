package dev.wireline.chaos;

import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.Transcript;
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
      Lines lines = new Lines(stage, client, new Course(stage, client));
      for (int i = stage.upTo(5); i >= 0; i--) {
        lines.anyCall();
      }
      lines.lastCall();
      lines.afterClose();
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

  /** The calls of one client. */
  private record Lines(Stage stage, Talker client, Course course) {

    void anyCall() {
      if (stage.once(8)) {
        pipeline();
      } else {
        call(stage.oneOf(CALLS));
      }
    }

    private void call(LineCall call) {
      Ask ask = call.ask(stage);
      course.call(
          call + " " + ask, call.expected(ask), ask.isWhole(), () -> call.run(client, ask, stage));
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
      course.checkState(answered);
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

    void lastCall() {
      Ask ask = stage.askWhole("LINE");
      course.lastCall(
          ask.toString(), LineCall.LINE.expected(ask), () -> LineCall.LINE.run(client, ask, stage));
    }

    void afterClose() {
      course.close();
      call(LineCall.LINE);
    }
  }
}
