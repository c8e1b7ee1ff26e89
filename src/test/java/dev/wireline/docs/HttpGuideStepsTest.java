package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
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

      // docs: http-step, url is "https://example.org/"
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
}
