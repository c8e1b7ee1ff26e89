package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.ConnectFailedException;
import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/steps.md. */
@Timeout(60)
class HttpGuideStepsTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void addsAFieldAndTimesACall() throws IOException {
    try (var server = RawServer.answering(Answers.redirect(302, "/b"), Answers.ok("done"))) {
      String url = Answers.origin(server);

      // docs: http-step
      LongAdder spent = new LongAdder();
      try (HttpAgent agent = HttpAgent.builder().step(new TimedStep(spent::add)).build()) {
        System.out.println(agent.get(url).text());
      }
      // end: http-step

      assertThat(printed.lines()).containsExactly("done");
      assertThat(spent.sum()).isPositive();
      assertThat(Answers.fields(server, "X-Request-Id")).hasSize(2).doesNotContain("");
      assertThat(Answers.fields(server, "X-Request-Id").stream().distinct()).hasSize(1);
    }
  }

  @Test
  void seesEachRequestRightBeforeTheConnection() throws IOException {
    try (var server = RawServer.answering(Answers.redirect(302, "/b"), Answers.ok("done"))) {
      String url = Answers.origin(server) + "/a";

      // docs: http-connection-step
      Step shown = (request, chain) -> {
        HttpResponse response = chain.proceed(request);
        System.out.println(request + " -> " + response.status());
        return response;
      };
      HttpAgent agent = HttpAgent.builder().connectionStep(shown).build();
      // end: http-connection-step

      try (agent) {
        agent.get(url).discard();
      }
      String origin = Answers.origin(server);
      assertThat(printed.lines())
          .containsExactly(
              "GET " + origin + "/a with Accept-Encoding -> 302",
              "GET " + origin + "/b with Accept-Encoding -> 200");
    }
  }

  @Test
  void asksAgain() throws IOException {
    try (var server =
        RawServer.answering(Answers.status("202 Wait", "", "not yet"), Answers.ok("done"))) {
      String url = Answers.origin(server);

      // docs: http-step-again
      Step patient = (request, chain) -> {
        HttpResponse response = chain.proceed(request);
        while (response.status() == 202 && !chain.remaining().isZero()) {
          response.discard();
          response = chain.proceed(request);
        }
        return response;
      };
      // end: http-step-again

      try (var agent = HttpAgent.builder().step(patient).build()) {
        assertThat(agent.get(url).text()).isEqualTo("done");
      }
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void answersByItself() throws IOException {
    // docs: http-step-stub
    Step stub = (request, chain) -> HttpResponse.of(request, 200)
        .withBody(Body.of("{\"name\": \"" + chain.url().path() + "\"}", "application/json"));
    HttpAgent agent = HttpAgent.builder().step(stub).build();
    // end: http-step-stub

    try (agent) {
      assertThat(agent.get("http://peer.test/ann?x").text()).isEqualTo("{\"name\": \"/ann\"}");
    }
  }

  @Test
  void sendsItElsewhere() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var server = RawServer.answering(Answers.ok("done"))) {
      HttpUrl mirror = HttpUrl.parse(Answers.origin(server));

      // docs: http-step-elsewhere
      Step mirrored = (request, chain) -> {
        try {
          return chain.proceed(request);
        } catch (ConnectFailedException e) {
          return chain.proceed(request.withUrl(mirror.resolve(chain.url().target())));
        }
      };
      // end: http-step-elsewhere

      try (var agent = HttpAgent.builder().step(mirrored).build()) {
        assertThat(agent.get("http://127.0.0.1:" + port + "/a?b").text()).isEqualTo("done");
      }
      assertThat(server.requests().get(0).head()).startsWith("GET /a?b ");
    }
  }

  @Test
  void changesTheResponse() throws IOException {
    try (var server = RawServer.answering(Answers.ok("done"))) {
      // docs: http-step-upper
      Step upper = (request, chain) -> {
        HttpResponse response = chain.proceed(request);
        String text = response.text().toUpperCase(Locale.ROOT);
        return response
            .withBody(Body.of(text, "text/plain"))
            .withHeaders(response.headers().with("X-Changed", "yes"));
      };
      // end: http-step-upper

      try (var agent = HttpAgent.builder().step(upper).build()) {
        HttpResponse response = agent.get(Answers.origin(server));
        assertThat(response.text()).isEqualTo("DONE");
        assertThat(response.header("X-Changed")).contains("yes");
      }
    }
  }

  @Test
  void looksAtABodyOnItsWay() throws IOException {
    try (var server = RawServer.answering(Answers.ok("123456789"))) {
      // docs: http-step-through
      CRC32 checksum = new CRC32();
      Step checked = (request, chain) ->
          chain.proceed(request).withBodyThrough(body -> new CheckedInputStream(body, checksum));
      // end: http-step-through

      try (var agent = HttpAgent.builder().step(checked).build()) {
        assertThat(agent.get(Answers.origin(server)).text()).isEqualTo("123456789");
      }
      assertThat(checksum.getValue()).isEqualTo(0xCBF43926L);
    }
  }
}
