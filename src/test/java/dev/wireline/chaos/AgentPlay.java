package dev.wireline.chaos;

import dev.wireline.http.ContentCoding;
import dev.wireline.http.EventSource;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.RedirectRules;
import dev.wireline.http.RetryRules;
import dev.wireline.http.ServerSentEvent;
import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.line.Backoff;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Calls of an {@link HttpAgent}, from one carrier to others. */
record AgentPlay() implements Play {
  private static final List<Carrier> CARRIERS = List.of(Carrier.TCP, Carrier.TLS);
  private static final List<HttpCall> CALLS = List.of(HttpCall.values());

  @Override
  public void run(Stage stage) {
    try (HttpAgent agent = agent(stage)) {
      stage.strikes().at(agent);
      stage.hook().on();
      for (int i = stage.upTo(4); i >= 0; i--) {
        switch (stage.upTo(6)) {
          case 0 -> download(stage, agent);
          case 1 -> events(stage, agent);
          default -> send(stage, agent);
        }
      }
      stage.hook().off();
      stage.strikes().end();
      stage.strikes().calm();
      send(stage, agent);
      afterClose(stage, agent);
    }
  }

  private static void afterClose(Stage stage, HttpAgent agent) {
    agent.close();
    stage.check(!send(stage, agent), () -> "a closed agent answered");
    stage.check(agent.idleConnections() == 0, () -> "a closed agent keeps connections");
  }

  private static HttpAgent agent(Stage stage) {
    HttpAgent.Builder agent = HttpAgent.builder()
        .options(HttpPlay.options(stage))
        .redirects(RedirectRules.builder().allowHttpsToHttp(true).build())
        .retries(RetryRules.builder().firstWait(Duration.ofMillis(1)).build())
        .contentCoding(new HookedCoding(stage.hook()));
    if (stage.once(2)) {
      agent.listener(event -> {
        stage.heard(event);
        stage.hook().pass();
      });
    }
    if (stage.once(3)) {
      agent.step((request, chain) -> {
        stage.hook().passIo();
        var response = chain.proceed(request);
        stage.hook().passIo();
        return response;
      });
    }
    if (stage.once(3)) {
      agent.cookies(new HookedJar(stage.hook(), new MemoryCookieJar()));
    }
    return agent.build();
  }

  private static boolean send(Stage stage, HttpAgent agent) {
    HttpCall call = stage.oneOf(CALLS);
    Carrier carrier = stage.oneOf(CARRIERS);
    String origin =
        HttpPeer.origin(stage.servers().somehow(stage, stage.servers().web(carrier)));
    HttpCall.Question question = call.question(stage, origin, CARRIERS, true);
    boolean answered = new HttpUse(stage, call, question).run(() -> agent.send(question.request()));
    checkLeases(stage, agent);
    return answered;
  }

  private static void checkLeases(Stage stage, HttpAgent agent) {
    int leased = agent.leasedConnections();
    stage.check(leased == 0, () -> "a lease was left behind: " + leased);
  }

  private static String url(Stage stage, Ask ask) {
    Carrier carrier = stage.oneOf(CARRIERS);
    return HttpPeer.origin(stage.servers().somehow(stage, stage.servers().web(carrier)))
        + HttpPeer.path(ask);
  }

  /** Whatever comes in its way, there is the whole file, or nothing that another try would not mend. */
  private static void download(Stage stage, HttpAgent agent) {
    Ask ask = stage.ask(stage.once(2) ? "TAGGED" : "LENGTH");
    HttpRequest request = HttpRequest.get(url(stage, ask));
    Path folder = folder();
    Path file = folder.resolve("file");
    boolean done = stage.attempt("download " + ask, ask.text(), ask.isWhole(), () -> {
      agent.download(request, file, (there, total) -> stage.hook().pass());
      return Files.readString(file);
    });
    List<String> left = left(folder);
    boolean expected = done
        ? left.equals(List.of("file"))
        : !left.contains("file") && (left.isEmpty() || ask.verb().equals("TAGGED"));
    stage.check(expected, () -> "done: " + done + ", and there is " + left);
    checkLeases(stage, agent);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("chaos");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is in a folder, which is gone afterwards. */
  private static List<String> left(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = new ArrayList<>();
      for (Path each : files.toList()) {
        names.add(String.valueOf(each.getFileName()));
        Files.delete(each);
      }
      Files.delete(folder);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void events(Stage stage, HttpAgent agent) {
    Ask ask = stage.askWhole("EVENTS");
    Backoff soon =
        Backoff.standard().withFirstWait(Duration.ofMillis(1)).withTotal(Duration.ofMillis(300));
    String first = Item.lines(ask.token(), ask.count()).get(0);
    stage.attempt("event " + ask, first, true, () -> {
      try (EventSource source = agent.events(HttpRequest.get(url(stage, ask)), soon)) {
        return source.next().map(ServerSentEvent::data).orElse("the end");
      }
    });
    checkLeases(stage, agent);
  }

  /** Packs nothing, and passes a hook. */
  private record HookedCoding(Hook hook) implements ContentCoding {
    @Override
    public String name() {
      return "x-hooked";
    }

    @Override
    public InputStream decode(InputStream encoded) {
      hook.pass();
      return new HookedStream(encoded, hook);
    }
  }

  private record HookedJar(Hook hook, CookieJar kept) implements CookieJar {
    @Override
    public List<Cookie> cookiesFor(HttpUrl url, Instant now) {
      hook.pass();
      return kept.cookiesFor(url, now);
    }

    @Override
    public void store(HttpUrl url, List<String> fields, Instant now) {
      hook.pass();
      kept.store(url, fields, now);
    }
  }
}
