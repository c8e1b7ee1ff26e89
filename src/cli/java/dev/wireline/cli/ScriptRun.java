package dev.wireline.cli;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.line.LineClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Holds a conversation by a script, and compares. */
final class ScriptRun {
  private final Script script;
  private final LineClient client;
  private final Recording recording;
  private final Map<String, String> values;

  ScriptRun(Script script, LineClient client, Recording recording, Map<String, String> values) {
    this.script = script;
    this.client = client;
    this.recording = recording;
    this.values = new LinkedHashMap<>(values);
  }

  void run() throws IOException {
    for (Script.Step step : script.steps()) {
      switch (step.kind()) {
        case SAY -> say(step);
        case HEAR -> hear(step);
        case STARTTLS -> client.startTls();
        case DELAY -> pause(step);
        case CLOSE -> hearTheEnd(step);
      }
    }
  }

  private void say(Script.Step step) throws IOException {
    String line = step.choices().get(0).filled(values);
    recording.said(line);
    client.writeLine(line);
  }

  private void hear(Script.Step step) throws IOException {
    String line;
    try {
      line = client.readLine();
    } catch (ConnectionClosedException e) {
      throw differs(step, "the server hung up");
    }
    recording.heard(line);
    for (Pattern choice : step.choices()) {
      Map<String, String> found = new LinkedHashMap<>();
      if (choice.matches(line, found)) {
        values.putAll(found);
        return;
      }
    }
    throw differs(step, "the server said \"" + Printable.of(line) + "\"");
  }

  private void hearTheEnd(Script.Step step) throws IOException {
    Optional<String> more = client.readLineOrEnd();
    if (more.isPresent()) {
      throw differs(step, "the server said \"" + Printable.of(more.get()) + "\"");
    }
  }

  private static void pause(Script.Step step) throws IOException {
    try {
      Thread.sleep(Script.time(step).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in a delay of the script", e);
    }
  }

  private ScriptDiffersException differs(Script.Step step, String happened) {
    return new ScriptDiffersException(script.name() + ", line " + step.line() + ": expected \""
        + step.text() + "\", but " + happened);
  }
}
