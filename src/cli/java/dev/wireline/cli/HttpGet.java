package dev.wireline.cli;

import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.HttpStatusException;
import dev.wireline.http.Netrc;
import dev.wireline.http.RedirectRules;
import dev.wireline.http.RetryRules;
import dev.wireline.line.Transcript;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One call of HTTP. */
final class HttpGet {
  private final Get get;
  private final Streams streams;
  private final Waterfall waterfall = new Waterfall();

  HttpGet(Get get, Streams streams) {
    this.get = get;
    this.streams = streams;
  }

  int run() throws IOException {
    CookieFile cookies = get.http.cookies == null ? null : CookieFile.load(get.http.cookies);
    try (HttpAgent agent = agent(cookies)) {
      return run(agent);
    } catch (HttpStatusException e) {
      return Failures.report(e, streams.err());
    } finally {
      if (cookies != null) {
        cookies.save();
      }
      if (get.time) {
        waterfall.print(streams.err());
      }
    }
  }

  private int run(HttpAgent agent) throws IOException {
    HttpRequest request = get.http.request(get.url, get.head, streams.in());
    if (get.resume && get.output != null) {
      try (Progress progress = new Progress(streams)) {
        agent.download(request, get.output, progress);
      }
      return ExitCode.DONE;
    }
    try (HttpResponse response = agent.send(request)) {
      return show(response);
    }
  }

  /** The page of an error is shown too, but not saved in the place of what was wanted. */
  private int show(HttpResponse response) throws IOException {
    if (get.head || get.include) {
      Fields fields = new Fields(streams);
      fields.title(response.version() + " " + response.status() + " " + response.reason());
      fields.show(response.headers());
    }
    if (get.head) {
      response.discard();
    } else if (get.output == null) {
      response.body().transferTo(get.document());
    } else {
      response.requireSuccess();
      try (Progress progress = new Progress(streams)) {
        response.saveTo(get.output, progress);
      }
    }
    if (response.status() < 400) {
      return ExitCode.DONE;
    }
    String reason = Printable.of(response.reason());
    streams.err().println("wireline: the server answered " + response.status() + " " + reason);
    return ExitCode.REFUSED;
  }

  private HttpAgent agent(@Nullable CookieFile cookies) throws IOException {
    HttpOptions.Builder options =
        HttpOptions.builder().dialer(get.connecting.direct().build());
    if (get.http.timeout != null) {
      options.callTimeout(get.http.timeout);
    }
    HttpAgent.Builder agent = HttpAgent.builder()
        .options(options.build())
        .proxies(get.connecting.proxies(streams))
        .cookies(cookies)
        .redirects(get.http.stays ? RedirectRules.none() : RedirectRules.standard())
        .listener(waterfall);
    if (get.http.retries > 0) {
      agent.retries(RetryRules.builder().maxRetries(get.http.retries).build());
    }
    if (get.verbose) {
      agent.transcript(Transcript.create().tell(streams.err()::println));
    }
    if (get.http.netrc != null) {
      agent.netrc(Netrc.read(get.http.netrc));
    }
    Credentials credentials = credentials();
    if (credentials != null) {
      agent.credentials(HttpUrl.parse(get.url).withoutUserInfo().toString(), credentials);
    }
    return agent.build();
  }

  private @Nullable Credentials credentials() throws IOException {
    if (get.http.auth.equals("bearer")) {
      String token = get.account.token(streams);
      return token == null ? null : Credentials.bearer(token);
    }
    Login login = get.account.login(streams);
    if (login == null) {
      return null;
    }
    return switch (get.http.auth) {
      case HttpAsking.BASIC -> Credentials.basic(login.name(), login.password());
      case "digest" -> Credentials.digest(login.name(), login.password());
      default -> throw new IllegalArgumentException("--auth is basic, digest or bearer");
    };
  }
}
