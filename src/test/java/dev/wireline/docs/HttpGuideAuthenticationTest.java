package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/authentication.md. */
@Timeout(60)
class HttpGuideAuthenticationTest {
  private static final String BASIC = "Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==";

  @RegisterExtension
  final Printed printed = new Printed();

  private static RawAnswer asks(String challenge) {
    return Answers.status("401 Who", "WWW-Authenticate: " + challenge + "\r\n", "who are you?");
  }

  @Test
  void sendsBasicWhenAsked() throws IOException {
    try (var server =
        RawServer.answering(asks("Basic realm=\"files\""), Answers.ok("one"), Answers.ok("two"))) {
      String origin = Answers.origin(server);

      // docs: http-basic
      Credentials credentials = Credentials.basic("aladdin", "open sesame");
      try (HttpAgent agent =
          HttpAgent.builder().credentials(origin, credentials).build()) {
        System.out.println(agent.get(origin + "/one").text());
        System.out.println(agent.get(origin + "/two").text());
      }
      // end: http-basic

      assertThat(printed.lines()).containsExactly("one", "two");
      assertThat(Answers.fields(server, "Authorization")).containsExactly("", BASIC, BASIC);
    }
  }

  @Test
  void sendsSeveralKindsEachToItsOrigin() throws IOException {
    try (var files = RawServer.answering(
            asks("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256"),
            Answers.ok("file"));
        var api = RawServer.answering(Answers.ok("api"))) {
      String filesOrigin = Answers.origin(files);
      String apiOrigin = Answers.origin(api);
      String token = "t0ken";

      // docs: http-credentials
      HttpAgent agent = HttpAgent.builder()
          .credentials(filesOrigin, Credentials.digest("aladdin", "open sesame"))
          .credentials(apiOrigin, Credentials.bearer(token))
          .build();
      // end: http-credentials

      try (agent) {
        assertThat(agent.get(filesOrigin).text()).isEqualTo("file");
        assertThat(agent.get(apiOrigin).text()).isEqualTo("api");
      }
      assertThat(Answers.fields(files, "Authorization").get(1)).startsWith("Digest ");
      assertThat(Answers.fields(api, "Authorization")).containsExactly("Bearer t0ken");
    }
  }

  @Test
  void takesUserInfoOfAUrl() throws IOException {
    try (var server = RawServer.answering(Answers.ok("in"));
        var agent = HttpAgent.create()) {
      String url = "http://aladdin:open%20sesame@" + server.endpoint().authority() + "/";

      // docs: http-user-info
      // url is such as "https://aladdin:open%20sesame@files.example/"
      HttpRequest request = HttpRequest.get(url);
      System.out.println(request);
      System.out.println(agent.send(request).text());
      // end: http-user-info

      assertThat(printed.lines())
          .containsExactly("GET " + Answers.origin(server) + "/ with Authorization", "in");
      assertThat(Answers.fields(server, "Authorization")).containsExactly(BASIC);
    }
  }

  @Test
  void leavesSecretsBehindAtAnotherOrigin() throws IOException {
    try (var other = RawServer.answering(Answers.ok("elsewhere"));
        var home = RawServer.answering(Answers.redirect(302, Answers.origin(other)));
        var agent = HttpAgent.builder()
            .credentials(Answers.origin(home), Credentials.bearer("token"))
            .build()) {
      String url = Answers.origin(home);
      String key = "k";

      // docs: http-secret-header
      HttpRequest request = HttpRequest.get(url).secretHeader("X-Api-Key", key);
      System.out.println(agent.send(request).text());
      // end: http-secret-header

      assertThat(printed.lines()).containsExactly("elsewhere");
      assertThat(home.requests().get(0).head()).contains("Bearer token", "X-Api-Key: k");
      assertThat(other.requests().get(0).head()).doesNotContain("token", "X-Api-Key");
    }
  }

  @Test
  void givesARefusalToTheCaller() throws IOException {
    try (var server = RawServer.answering(asks("Basic realm=\"files\""));
        var agent = HttpAgent.builder()
            .credentials(Answers.origin(server), Credentials.basic("aladdin", "wrong"))
            .build()) {
      assertThat(agent.get(Answers.origin(server)).status()).isEqualTo(401);

      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void neverAnswersBasicWithADigestPassword() throws IOException {
    try (var server = RawServer.answering(asks("Basic realm=\"files\""));
        var agent = HttpAgent.builder()
            .credentials(Answers.origin(server), Credentials.digest("aladdin", "secret"))
            .build()) {
      assertThat(agent.get(Answers.origin(server)).status()).isEqualTo(401);

      assertThat(Answers.fields(server, "Authorization")).containsExactly("");
    }
  }
}
