package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class NetrcTest {
  private static final HttpUrl ONE = HttpUrl.parse("https://one.test/a");
  private static final Credentials LOGIN = Credentials.basic("me", "s3cret");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine one.test login me password s3cret",
        "machine one.test\n\tlogin me\r\n\tpassword s3cret\n",
        "machine ONE.test. password s3cret account a login me",
        "machine one.test login \"me\" password \"s3cret\"",
        "machine one.test login \"m\\e\" password s3cret",
        "# machine one.test login x password y\nmachine one.test login me password s3cret",
        "machine one.test # login x\nlogin me password s3cret # the end",
        "machine two.test login x password y machine one.test login me password s3cret",
        "machine one.test login me password s3cret machine one.test login x password y",
        "machine one.test login me password s3cret default login x password y",
        "default login x password y machine one.test login me password s3cret",
        "default login me password s3cret",
        "macdef init\nmachine one.test login x password y\n\nmachine one.test login me password s3cret",
        "machine two.test macdef init\ncd \"/\n# x\r\n\r\nmachine one.test login me password s3cret",
        "machine \"\" login x password y machine one.test login me password s3cret",
      })
  void findsTheLoginOfAHost(String text) {
    assertThat(Netrc.parse(text).credentials(ONE)).contains(LOGIN);
  }

  @Test
  void takesAPasswordAsItStands() {
    Netrc netrc = Netrc.parse("machine one.test login me password #1\"\\\n"
        + "machine two.test login me password \"a \\\"b\\\\ #c\"\nmachine three.test login me");

    assertThat(netrc.credentials(ONE)).contains(Credentials.basic("me", "#1\"\\"));
    assertThat(netrc.credentials(HttpUrl.parse("https://two.test:8443/")))
        .contains(Credentials.basic("me", "a \"b\\ #c"));
    assertThat(netrc.credentials(HttpUrl.parse("https://three.test/")))
        .contains(Credentials.basic("me", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "machine two.test login me password s3cret",
        "machine one.test.two.test login me password s3cret",
        "machine test login me password s3cret",
        "machine \"\" login me password s3cret",
        "machine one.test",
        "macdef init\nmachine one.test login me password s3cret",
      })
  void hasNoLoginForAnotherHost(String text) {
    assertThat(Netrc.parse(text).credentials(ONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login me password s3cret",
        "machine one.test login me password s3 cret",
        "machine one.test login me password",
        "machine one.test login me password \"s3cret",
        "machine one.test login me password \"s3cret\nx\"",
        "machine one.test login s3:cret password s3cret",
        "machine one.test login me password \"s3\u0007cret\"",
        "s3cret",
      })
  void refusesWhatBreaksTheGrammarWithoutShowingIt(String text) {
    assertThatThrownBy(() -> Netrc.parse("\n" + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("netrc, line 2: ")
        .hasMessageNotContaining("cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/",
        "http://a.localhost/",
        "http://127.0.0.2/",
        "http://[::1]/"
      })
  void findsALoginInTheClearOnTheSameHostAlone(String url) {
    Netrc netrc = Netrc.parse("default login me password s3cret");

    assertThat(netrc.credentials(HttpUrl.parse(url))).contains(LOGIN);
    assertThat(netrc.credentials(HttpUrl.parse("http://one.test/"))).isEmpty();
    assertThat(netrc.credentials(HttpUrl.parse("http://192.0.2.1/"))).isEmpty();
  }

  @Test
  void readsAFileOfABoundedSizeInUtf8(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("netrc");
    String login = "machine one.test login me password gr\u00fcn";

    Files.writeString(file, login + "\n#".repeat(100));
    assertThat(Netrc.read(file).credentials(ONE)).contains(Credentials.basic("me", "gr\u00fcn"));
    Files.writeString(file, login, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Netrc.read(file)).isInstanceOf(IOException.class);
    Files.writeString(file, " ".repeat(Netrc.MAX_BYTES + 1));
    assertThatThrownBy(() -> Netrc.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("65536 bytes");
    Files.delete(file);
    assertThatThrownBy(() -> Netrc.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void showsNoLogin() {
    assertThat(Netrc.parse("machine one.test login me password s3cret"))
        .hasToString("netrc with 1 logins");
  }

  @Test
  void answersAServerThatAsks() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"),
            Answers.ok("in"),
            Answers.ok("again"));
        HttpAgent agent = HttpAgent.builder()
            .netrc(Netrc.parse("machine " + server.endpoint().host() + " login me password s3cret"))
            .build()) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("in");
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("again");

      assertThat(server.requests())
          .extracting(request -> Agents.field(request, "Authorization"))
          .containsExactly("", "Basic bWU6czNjcmV0", "Basic bWU6czNjcmV0");
    }
  }

  @Test
  void yieldsToCredentialsForTheOrigin() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("in"));
        HttpAgent agent = HttpAgent.builder()
            .netrc(Netrc.parse("default login me password s3cret"))
            .credentials(Agents.origin(server), Credentials.bearer("t"))
            .build()) {
      agent.get(Agents.origin(server)).text();

      assertThat(Agents.field(server.requests().get(0), "Authorization")).isEqualTo("Bearer t");
    }
  }

  @Test
  void keepsTheLoginForAnyHostFromWhereARedirectLeads() throws Exception {
    String asks = "WWW-Authenticate: Basic realm=\"x\"\r\n";
    for (String machine : new String[] {"default", "machine 127.0.0.1"}) {
      try (RawServer other = RawServer.answering(Agents.status(401, asks), Answers.ok("in"));
          RawServer home = RawServer.answering(Agents.redirect(302, Agents.origin(other)));
          HttpAgent agent = HttpAgent.builder()
              .netrc(Netrc.parse(machine + " login me password s3cret"))
              .build()) {
        int expected = machine.equals("default") ? 401 : 200;

        assertThat(agent.get(Agents.origin(home)).status()).isEqualTo(expected);
      }
    }
  }
}
