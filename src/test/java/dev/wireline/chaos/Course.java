package dev.wireline.chaos;

import dev.wireline.line.LineClient;
import dev.wireline.line.Steps;
import dev.wireline.net.ConnectionState;

/** The calls of one client of a protocol, and whether it was last seen to have ended. */
final class Course {
  private final Stage stage;
  private final LineClient client;
  private boolean gone;

  Course(Stage stage, LineClient client) {
    this.stage = stage;
    this.client = client;
  }

  boolean call(String what, String expected, boolean whole, Steps<String> steps) {
    boolean answered = stage.attempt(what, expected, whole, steps);
    checkState(answered);
    return answered;
  }

  /** What broke, or was closed, stays so, and answers nothing. */
  void checkState(boolean answered) {
    ConnectionState state = client.state();
    stage.note("  then " + state);
    stage.check(!(gone && answered), () -> "a client that was " + state + " answered");
    boolean ended = state == ConnectionState.BROKEN || state == ConnectionState.CLOSED;
    stage.check(!gone || ended, () -> "a client that had ended is " + state);
    gone = ended;
  }

  /** With nothing in its way: a client that is still open answers, so no turn was left behind. */
  void lastCall(String what, String expected, Steps<String> steps) {
    stage.hook().off();
    stage.strikes().end();
    stage.strikes().calm();
    boolean was = client.state() == ConnectionState.OPEN;
    boolean answered = call("last " + what, expected, true, steps);
    stage.check(answered || !was || gone, () -> "a client that is open does not answer, nor break");
  }

  void close() {
    client.close();
    stage.check(client.state() == ConnectionState.CLOSED, () -> "closed, it is " + client.state());
    gone = true;
  }
}
