package dev.wireline.chaos;

import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.net.ConnectionState;
import java.time.Duration;
import java.util.List;

/** Requests of an {@link HttpClient}, over each carrier. */
record HttpPlay(Carrier carrier) implements Play {
  private static final List<HttpCall> CALLS = List.of(HttpCall.values());

  @Override
  public void run(Stage stage) {
    try (HttpClient client = new HttpClient(
        stage.servers().somehow(stage, stage.servers().web(carrier)), options(stage))) {
      stage.strikes().at(client);
      stage.hook().on();
      for (int i = stage.upTo(4); i >= 0; i--) {
        send(stage, client);
      }
      stage.hook().off();
      stage.strikes().end();
      stage.strikes().calm();
      send(stage, client);
      afterClose(stage, client);
      stage.heard(client);
    }
  }

  private static void afterClose(Stage stage, HttpClient client) {
    client.close();
    stage.check(client.state() == ConnectionState.CLOSED, () -> "closed, it is " + client.state());
    send(stage, client);
  }

  static HttpOptions options(Stage stage) {
    return HttpOptions.builder()
        .dialer(stage.servers().dialerThroughProxy(stage))
        .callTimeout(Duration.ofSeconds(5))
        .interimListener((status, headers) -> stage.hook().pass())
        .build();
  }

  private static void send(Stage stage, HttpClient client) {
    HttpCall call = stage.oneOf(CALLS);
    HttpCall.Question question = call.question(stage, "", List.of(), false);
    boolean gone = client.state() == ConnectionState.CLOSED;
    boolean answered =
        new HttpUse(stage, call, question).run(() -> client.send(question.request()));
    stage.check(!(gone && answered), () -> "a closed client answered");
    stage.check(
        !gone || client.state() == ConnectionState.CLOSED, () -> "closed, then " + client.state());
  }
}
