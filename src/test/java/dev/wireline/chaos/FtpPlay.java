package dev.wireline.chaos;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Steps;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;

/** Calls of an {@link FtpClient}, whose data moves beside its commands. */
record FtpPlay(Carrier carrier) implements Play {
  @Override
  public void run(Stage stage) {
    try (FtpClient client = client(stage)) {
      stage.strikes().at(client);
      stage.hook().on();
      List<Transcript> said = stage.once(2) ? List.of(Transcript.of(client)) : List.of();
      Course course = new Course(stage, client);
      course.call("login", "yes", true, () -> {
        client.login("joe", Stage.SECRET);
        return "yes";
      });
      for (int i = stage.upTo(4); i >= 0; i--) {
        course.anyCall();
      }
      stage.hook().off();
      stage.strikes().end();
      stage.strikes().calm();
      course.where();
      course.afterClose();
      said.forEach(transcript -> transcript.lines().forEach(stage::heard));
      stage.heard(client);
    }
  }

  private FtpClient client(Stage stage) {
    LineOptions lines = LineOptions.builder()
        .dialer(stage.servers().dialer(stage))
        .transferTimeout(Duration.ofSeconds(5))
        .build();
    return new FtpClient(
        stage.servers().somehow(stage, stage.servers().files(carrier)),
        FtpOptions.builder().line(lines).build());
  }

  /** The calls of one client. */
  private static final class Course {
    private final Stage stage;
    private final FtpClient client;
    private boolean gone;

    Course(Stage stage, FtpClient client) {
      this.stage = stage;
      this.client = client;
    }

    void anyCall() {
      switch (stage.upTo(5)) {
        case 0, 1 -> fetch();
        case 2 -> store();
        case 3 -> leave();
        default -> where();
      }
    }

    private boolean call(String what, String expected, boolean whole, Steps<String> steps) {
      boolean answered = stage.attempt(what, expected, whole, steps);
      ConnectionState state = client.state();
      stage.note("  then " + state);
      stage.check(!(gone && answered), () -> "a client that was " + state + " answered");
      boolean ended = state == ConnectionState.BROKEN || state == ConnectionState.CLOSED;
      stage.check(!gone || ended, () -> "a client that had ended is " + state);
      gone = ended;
      return answered;
    }

    void where() {
      call("where", "/pub", true, client::workingDirectory);
    }

    void afterClose() {
      client.close();
      gone = true;
      where();
    }

    private void fetch() {
      Ask ask = stage.ask("RETR");
      call("fetch " + ask, ask.text(), ask.isWhole(), () -> {
        try (Incoming in = client.retrieve(ask.words(FtpPeer.BETWEEN))) {
          stage.hook().passIo();
          return in.text();
        }
      });
    }

    /** What is left of a file is nobody's answer. */
    private void leave() {
      Ask ask = stage.ask("RETR");
      call("leave " + ask, "left", true, () -> {
        try (Incoming in = client.retrieve(ask.words(FtpPeer.BETWEEN))) {
          in.read(new byte[1 + stage.upTo(20)]);
          stage.hook().passIo();
        }
        return "left";
      });
    }

    private void store() {
      Ask ask = stage.ask("STOR");
      byte[] content = Item.bytes(ask.text());
      boolean done = call("store " + ask, "yes", ask.isWhole(), () -> {
        Content hooked =
            Content.of(() -> new HookedStream(new ByteArrayInputStream(content), stage.hook()));
        client.store(ask.words(FtpPeer.BETWEEN), hooked);
        return "yes";
      });
      if (done) {
        call(
            "stored " + ask,
            Item.receipt(ask.token(), content),
            true,
            () -> client.command(Command.of("STAT"), 211).text());
      }
    }
  }
}
