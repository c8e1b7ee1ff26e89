package dev.wireline.chaos;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Transcript;
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
      Files files = new Files(stage, client, course);
      course.call("login", "yes", true, () -> {
        client.login("joe", Stage.SECRET);
        return "yes";
      });
      for (int i = stage.upTo(4); i >= 0; i--) {
        files.anyCall();
      }
      course.lastCall("where", "/pub", client::workingDirectory);
      course.close();
      files.where();
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
  private record Files(Stage stage, FtpClient client, Course course) {

    void anyCall() {
      switch (stage.upTo(5)) {
        case 0, 1 -> fetch();
        case 2 -> store();
        case 3 -> leave();
        default -> where();
      }
    }

    void where() {
      course.call("where", "/pub", true, client::workingDirectory);
    }

    private void fetch() {
      Ask ask = stage.ask("RETR");
      course.call("fetch " + ask, ask.text(), ask.isWhole(), () -> {
        try (Incoming in = client.retrieve(ask.words(FtpPeer.BETWEEN))) {
          stage.hook().passIo();
          return in.text();
        }
      });
    }

    /** What is left of a file is nobody's answer. */
    private void leave() {
      Ask ask = stage.ask("RETR");
      course.call("leave " + ask, "left", true, () -> {
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
      boolean done = course.call("store " + ask, "yes", ask.isWhole(), () -> {
        Content hooked =
            Content.of(() -> new HookedStream(new ByteArrayInputStream(content), stage.hook()));
        client.store(ask.words(FtpPeer.BETWEEN), hooked);
        return "yes";
      });
      if (done) {
        course.call(
            "stored " + ask,
            Item.receipt(ask.token(), content),
            true,
            () -> client.command(Command.of("STAT"), 211).text());
      }
    }
  }
}
