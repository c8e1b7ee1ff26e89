package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.ChallengeAnswer;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.Netrc;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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
  void fetchesATokenWhereAChallengeSays() throws IOException {
    try (var tokens = RawServer.answering(Answers.ok("t0ken"));
        var server = RawServer.answering(
            asks("Bearer realm=\"" + Answers.origin(tokens)
                + "/token\",service=\"registry.test\",scope=\"repository:app:pull\""),
            Answers.ok("manifest"),
            Answers.ok("layer"))) {
      String registry = Answers.origin(server);
      String tokenOrigin = Answers.origin(tokens);

      // docs: http-own-credentials
      ChallengeAnswer tokenFrom = (scheme, parameters, refused) -> {
        String realm = parameters.getOrDefault("realm", "");
        if (refused || !scheme.equalsIgnoreCase("Bearer") || !realm.startsWith(tokenOrigin + "/")) {
          return Optional.empty();
        }
        HttpUrl url = HttpUrl.parse(realm)
            .query("service", parameters.getOrDefault("service", ""))
            .query("scope", parameters.getOrDefault("scope", ""));
        try (HttpAgent agent = HttpAgent.create()) {
          return Optional.of(
              "Bearer " + agent.get(url.toString()).requireSuccess().text());
        }
      };
      HttpAgent agent =
          HttpAgent.builder().credentials(registry, Credentials.of(tokenFrom)).build();
      // end: http-own-credentials

      try (agent) {
        assertThat(agent.get(registry + "/v2/app/latest").text()).isEqualTo("manifest");
        assertThat(agent.get(registry + "/v2/app/1").text()).isEqualTo("layer");
      }
      assertThat(tokens.requests()).hasSize(1);
      assertThat(tokens.requests().get(0).head())
          .startsWith("GET /token?service=registry.test&scope=repository%3Aapp%3Apull HTTP/1.1");
      assertThat(Answers.fields(server, "Authorization"))
          .containsExactly("", "Bearer t0ken", "Bearer t0ken");
    }
  }

  @Test
  void readsANetrcFile(@TempDir Path folder) throws IOException {
    try (var server = RawServer.answering(asks("Basic realm=\"files\""), Answers.ok("in"))) {
      String url = Answers.origin(server);
      Path home = folder;
      Files.writeString(
          home.resolve(".netrc"),
          "machine 127.0.0.1\n  login aladdin\n  password \"open sesame\"\n");

      // docs: http-netrc
      Netrc logins = Netrc.read(home.resolve(".netrc"));
      try (HttpAgent agent = HttpAgent.builder().netrc(logins).build()) {
        System.out.println(agent.get(url).text());
      }
      // end: http-netrc

      assertThat(printed.lines()).containsExactly("in");
      assertThat(Answers.fields(server, "Authorization")).containsExactly("", BASIC);
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
