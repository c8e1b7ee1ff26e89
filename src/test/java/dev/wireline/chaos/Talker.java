package dev.wireline.chaos;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Steps;
import java.io.IOException;

/** A client of lines as a user writes one: it greets, and each of its calls is an exchange. */
final class Talker extends LineClient {
  private static final Ask HELLO = new Ask("LINE", "hello", 1, Ending.WHOLE, 0);

  private final Hook hook;
  private final boolean greets;

  Talker(Endpoint endpoint, LineOptions options, Hook hook, boolean greets) {
    super(endpoint, options);
    this.hook = hook;
    this.greets = greets;
  }

  @Override
  protected void greet() throws IOException {
    hook.passIo();
    if (greets) {
      writeLine(HELLO.words(" "));
      String answer = readLine();
      if (!answer.equals("hello 1")) {
        throw malformed("a greeting", answer);
      }
    }
  }

  <T> T within(Steps<T> steps) throws IOException {
    return exchange(steps);
  }

  /** Asks for an answer, and reads it. */
  String ask(Ask ask, Steps<String> reading) throws IOException {
    return exchange(() -> {
      writeLine(ask.words(" "));
      hook.passIo();
      return reading.run();
    });
  }
}
