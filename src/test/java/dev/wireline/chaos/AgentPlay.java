package dev.wireline.chaos;

import dev.wireline.http.ContentCoding;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.RedirectRules;
import dev.wireline.http.RetryRules;
import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.url.HttpUrl;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
        send(stage, agent);
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
    int leased = agent.leasedConnections();
    stage.check(leased == 0, () -> "a lease was left behind: " + leased);
    return answered;
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
