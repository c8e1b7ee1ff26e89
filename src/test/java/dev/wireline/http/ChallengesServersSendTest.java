package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.testing.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Challenges as servers write them: those that can be read are answered, the 401 is never lost. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ChallengesServersSendTest {
  private static final Credentials BASIC = Credentials.basic("me", "secret");
  private static final Credentials DIGEST = Credentials.digest("me", "secret");

  private static HttpAgent agent(RawServer server, Credentials credentials) {
    return HttpAgent.builder().credentials(Agents.origin(server), credentials).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm='My API'",
        "Basic realm=my realm",
        "Basic realm=/",
        "Basic",
        "Basic realm=",
        "Basic realm=\"a\" charset=\"UTF-8\"",
        "Bearer scope=\"a\", scope=\"b\", Basic realm=\"x\"",
        "Basic realm=\"x\"\r\nWWW-Authenticate: Digest realm=\"y, nonce=z",
        "Digest realm=\"y\", realm=\"z\", nonce=n\r\nWWW-Authenticate: Basic realm=\"x\"",
        "@, Basic realm=\"x\", (a)",
      })
  void credentialsAnswerAChallengeForBasic(String challenge) throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(401, "WWW-Authenticate: " + challenge + "\r\n"), Answers.ok("in"));
        HttpAgent agent = agent(server, BASIC)) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("in");
      assertThat(Agents.field(server.requests().get(1), "Authorization")).startsWith("Basic ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer error=\"invalid_token\", error=\"expired\"",
        "Bearer realm=\"a",
        "Digest realm=\"a\", realm=\"b\", nonce=\"n\", qop=\"auth\"",
        "Basic realm=\"a\", realm=\"b\"",
        "=,=",
        "\u00e9",
        "",
      })
  void the401WithItsBodyIsTheAnswerWhereNothingFits(String challenge) throws Exception {
    for (Credentials credentials : new Credentials[] {BASIC, DIGEST}) {
      try (RawServer server =
              RawServer.answering(Agents.status(401, "WWW-Authenticate: " + challenge + "\r\n"));
          HttpAgent agent = agent(server, credentials)) {
        HttpResponse response = agent.get(Agents.origin(server));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.text()).isEqualTo("body");
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void moreChallengesThanABoundStillGiveThe401() throws Exception {
    String challenges = "WWW-Authenticate: " + "A,".repeat(9000) + "\r\n";
    try (RawServer server = RawServer.answering(Agents.status(401, challenges));
        HttpAgent agent = agent(server, BASIC)) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("body");
    }
  }

  @Test
  void aServerThatProvesItselfWronglyHandsOverItsResponse() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(
                401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n"),
            Answers.ok("in", "Authentication-Info: rspauth=\"00\"\r\n"));
        HttpAgent agent = agent(server, DIGEST)) {
      RefusedResponseException e = catchThrowableOfType(
          RefusedResponseException.class, () -> agent.get(Agents.origin(server)));

      assertThat(e.rule()).contains("RFC 7616");
      assertThat(e.response().text()).isEqualTo("in");
    }
  }

  @Test
  void aProofThatCannotBeReadIsPassedOver() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(
                401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n"),
            Answers.ok("in", "Authentication-Info: nextnonce=\"\u00e9\", (a)\r\n"));
        HttpAgent agent = agent(server, DIGEST)) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("in");
    }
  }
}
