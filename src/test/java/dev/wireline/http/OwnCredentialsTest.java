package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.line.Transcript;
import dev.wireline.net.Dialer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that code of the caller makes. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class OwnCredentialsTest {
  private final List<String> asked = new ArrayList<>();

  private final Credentials counted = Credentials.of((scheme, parameters, refused) -> {
    asked.add(scheme + " " + parameters + " " + refused);
    return scheme.equals("Key") ? Optional.of("Key s3cret" + asked.size()) : Optional.empty();
  });

  private static RawAnswer asks(String challenge) {
    return Agents.status(401, "WWW-Authenticate: " + challenge + "\r\n");
  }

  private static HttpAgent agent(RawServer server, Credentials credentials) {
    return HttpAgent.builder().credentials(Agents.origin(server), credentials).build();
  }

  private static List<String> sent(RawServer server) {
    return server.requests().stream()
        .map(request -> Agents.field(request, "Authorization"))
        .toList();
  }

  @Test
  void answerTheFirstChallengeTheyCan() throws Exception {
    try (RawServer server = RawServer.answering(
            asks("Negotiate abc==, Basic realm=\"b\", Key realm=\"k\", Hint=\"a, b\", Key x=y"),
            Answers.ok("in"));
        HttpAgent agent = agent(server, counted)) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("in");

      assertThat(sent(server)).containsExactly("", "Key s3cret3");
      assertThat(asked.subList(0, 2))
          .containsExactly("Negotiate {=abc==} false", "Basic {realm=b} false");
      assertThat(asked.get(2)).contains("realm=k", "hint=a, b").endsWith(" false");
      assertThat(asked).hasSize(3);
    }
  }

  @Test
  void leaveUnaskedWhereTheyWereLetIn() throws Exception {
    try (RawServer server =
            RawServer.answering(asks("Key"), Answers.ok("1"), Answers.ok("2"), Answers.ok("3"));
        HttpAgent agent = agent(server, counted)) {
      agent.get(Agents.origin(server) + "/a/b").text();
      agent.get(Agents.origin(server) + "/a/c").text();
      agent.get(Agents.origin(server) + "/d").text();

      assertThat(sent(server)).containsExactly("", "Key s3cret1", "Key s3cret1", "");
    }
  }

  @Test
  void areAskedAgainWhenAValueIsRefused() throws Exception {
    try (RawServer server = RawServer.answering(
            asks("Key"), Answers.ok("1"), asks("Key"), Answers.ok("2"), Answers.ok("3"));
        HttpAgent agent = agent(server, counted)) {
      for (String body : List.of("1", "2", "3")) {
        assertThat(agent.get(Agents.origin(server)).text()).isEqualTo(body);
      }

      assertThat(sent(server))
          .containsExactly("", "Key s3cret1", "Key s3cret1", "Key s3cret2", "Key s3cret2");
      assertThat(asked).containsExactly("Key {} false", "Key {} true");
    }
  }

  @Test
  void endInTheRefusalOfAServerThatLetsNobodyIn() throws Exception {
    try (RawServer server = RawServer.answering(asks("Key"), asks("Key"), asks("Key"));
        HttpAgent agent = agent(server, counted)) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.status()).isEqualTo(401);
      assertThat(response.text()).isEqualTo("body");
      assertThat(server.requests()).hasSize(Challenger.MAX_ROUNDS);
    }
  }

  @Test
  void failTheCallWithTheirOwnFailure() throws Exception {
    IOException failure = new IOException("no token today");
    try (RawServer server = RawServer.answering(asks("Key"));
        HttpAgent agent = agent(server, Credentials.of((scheme, parameters, refused) -> {
          throw failure;
        }))) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server))).isSameAs(failure);
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Key s3cret\r\nX: y", "Key s3cret\u00e9", "Key s3cret\u0000"})
  void cannotWriteWhatAFieldCannotHold(String value) throws Exception {
    Credentials broken = Credentials.of((scheme, parameters, refused) -> Optional.of(value));
    RawAnswer refusal =
        RawAnswer.of("HTTP/1.1 407 X\r\nProxy-Authenticate: Key\r\nContent-Length: 0\r\n\r\n");
    try (RawServer server = RawServer.answering(asks("Key"));
        RawServer proxy = RawServer.answering(refusal);
        HttpAgent agent = agent(server, broken);
        HttpClient tunnel = new HttpClient(
            server.endpoint(),
            HttpOptions.builder()
                .dialer(Dialer.builder()
                    .connector(HttpProxy.of(proxy.endpoint(), broken))
                    .build())
                .build())) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("s3cret");
      assertThatThrownBy(() -> tunnel.get("/"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("s3cret");
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void neverCrossOrigins() throws Exception {
    try (RawServer other = RawServer.answering(asks("Key"));
        RawServer home =
            RawServer.answering(asks("Key"), Agents.redirect(302, Agents.origin(other)));
        HttpAgent agent = agent(home, counted)) {
      assertThat(agent.get(Agents.origin(home)).status()).isEqualTo(401);

      assertThat(sent(home)).containsExactly("", "Key s3cret1");
      assertThat(sent(other)).containsExactly("");
    }
  }

  @Test
  void areShownNowhere() throws Exception {
    Transcript transcript = Transcript.create();
    try (RawServer server = RawServer.answering(asks("Key"), Answers.ok("in"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), counted)
            .transcript(transcript)
            .build()) {
      agent.get(Agents.origin(server)).text();

      assertThat(String.join("\n", transcript.lines()))
          .contains("Authorization: ***")
          .doesNotContain("s3cret");
      assertThat(counted).hasToString("Own credentials");
      assertThat(counted).isNotEqualTo(Credentials.of((s, p, r) -> Optional.empty()));
    }
  }
}
