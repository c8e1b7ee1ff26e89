package dev.wireline.chaos;

import dev.wireline.http.HttpResponse;
import dev.wireline.line.Steps;
import java.util.Optional;

/** One request with the use of its answer, by a client or an agent. */
final class HttpUse {
  /** Who did not get a body tries again; what comes then must not be a part of it. */
  private static final int TRIES = 3;

  private final Stage stage;
  private final HttpCall call;
  private final HttpCall.Question question;

  HttpUse(Stage stage, HttpCall call, HttpCall.Question question) {
    this.stage = stage;
    this.call = call;
    this.question = question;
  }

  /** Gives whether the answer came and was used as it was meant to be. */
  boolean run(Steps<HttpResponse> sending) {
    String what =
        call + " " + question.request().method() + " " + question.request().target();
    Optional<HttpResponse> response = stage.attempt(what, sending);
    stage.heard(question.request());
    return response.isPresent() && use(response.get());
  }

  private boolean use(HttpResponse response) {
    try {
      stage.heard(response);
      String token = response.header("X-Token").orElse("none");
      stage.check(token.equals(question.ask().token()), () -> "the answer of another: " + response);
      boolean used = tryToUse(response);
      for (int i = 1; i < TRIES && !used && call.isRepeatable(); i++) {
        used = tryToUse(response);
      }
      return used;
    } finally {
      response.discard();
    }
  }

  private boolean tryToUse(HttpResponse response) {
    if (call.isWhole()) {
      return stage.attempt(
          "use of it",
          question.expected(),
          question.ask().isWhole(),
          () -> call.use(response, stage));
    }
    Optional<String> part = stage.attempt("use of it", () -> call.use(response, stage));
    part.ifPresent(text -> stage.check(
        question.expected().startsWith(text), () -> "the first byte of another: " + text));
    return part.isPresent();
  }
}
