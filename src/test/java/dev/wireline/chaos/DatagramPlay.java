package dev.wireline.chaos;

import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Requests in datagrams, some of which get lost. */
record DatagramPlay() implements Play {
  private static final String PREFIX = "answer to ";

  /** What the server answers: something that is no answer, and the answer. */
  static List<byte[]> answers(byte[] request) {
    return List.of(Item.bytes("no answer"), Item.bytes(PREFIX + Item.text(request)));
  }

  @Override
  public void run(Stage stage) {
    DatagramOptions options = DatagramOptions.builder()
        .callTimeout(Duration.ofSeconds(1))
        .firstWait(Duration.ofMillis(20))
        .resolver(host -> {
          stage.hook().passIo();
          return List.of(InetAddress.getLoopbackAddress());
        })
        .build();
    try (DatagramClient client = new DatagramClient(stage.servers().datagrams(stage), options)) {
      stage.strikes().at(client);
      stage.hook().on();
      for (int i = stage.upTo(3); i >= 0; i--) {
        ask(stage, client);
      }
      stage.hook().off();
      stage.strikes().end();
      stage.strikes().calm();
      ask(stage, client);
      afterClose(stage, client);
    }
  }

  private static void afterClose(Stage stage, DatagramClient client) {
    client.close();
    boolean answered = stage
        .attempt("ask of a closed client", () -> client.ask(Item.bytes("late")))
        .isPresent();
    stage.check(!answered, () -> "a closed client answered");
  }

  private static void ask(Stage stage, DatagramClient client) {
    String question = stage.askWhole("DATAGRAM").token();
    stage.attempt("ask " + question, PREFIX + question, true, () -> {
      byte[] answer = client.ask(Item.bytes(question), bytes -> {
        stage.hook().pass();
        // By what it repeats: of the two answers one is none.
        return Item.text(bytes).equals(PREFIX + question);
      });
      return Item.text(answer);
    });
  }
}
