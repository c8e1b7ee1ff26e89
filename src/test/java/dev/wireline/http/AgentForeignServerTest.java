package dev.wireline.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.WirelineException;
import dev.wireline.http.cache.HttpCache;
import dev.wireline.http.cache.MemoryCacheStore;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.net.Dialer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps of an agent, by a server that shares no line of code with this library. */
@Timeout(60)
class AgentForeignServerTest {
  private static WireMockServer server;

  private HttpAgent agent = HttpAgent.create();

  @BeforeAll
  static void start() {
    server = new WireMockServer(wireMockConfig().dynamicPort());
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void forgetAll() {
    server.resetAll();
  }

  @AfterEach
  void closeAgent() {
    assertThat(agent.leasedConnections()).isZero();
    agent.close();
  }

  private void use(HttpAgent.Builder settings) {
    agent.close();
    agent = settings.build();
  }

  @Test
  void followsARedirectAndKeepsItsCookies() throws Exception {
    use(HttpAgent.builder().cookies(new MemoryCookieJar()));
    server.stubFor(get("/login")
        .willReturn(aResponse()
            .withStatus(302)
            .withHeader("Location", "/home")
            .withHeader("Set-Cookie", "session=7; HttpOnly")));
    server.stubFor(get("/home").withCookie("session", equalTo("7")).willReturn(ok("welcome")));

    assertThat(agent.get(server.url("/login")).text()).isEqualTo("welcome");
  }

  @Test
  void unpacksWhatTheServerPacks() throws Exception {
    String text = "packed ".repeat(20_000);
    server.stubFor(get("/large").willReturn(ok(text)));

    HttpResponse response = agent.get(server.url("/large"));

    assertThat(response.text()).isEqualTo(text);
    server.verify(getRequestedFor(urlEqualTo("/large"))
        .withHeader("Accept-Encoding", equalTo("gzip, deflate")));
  }

  @Test
  void provesItselfWhenAsked() throws Exception {
    use(HttpAgent.builder().credentials(server.url("/"), Credentials.basic("user", "pass")));
    server.stubFor(get("/in")
        .willReturn(
            aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"in\"")));
    server.stubFor(get("/in").withBasicAuth("user", "pass").willReturn(ok("inside")));

    assertThat(agent.get(server.url("/in")).text()).isEqualTo("inside");
  }

  @Test
  void sendsAFormAndAQuery() throws Exception {
    server.stubFor(post(urlPathEqualTo("/form")).willReturn(ok()));
    HttpRequest request = HttpRequest.post(server.url("/form"))
        .query("page", "a&b c")
        .body(Body.form("name", "J\u00fcrgen & co", "age", "7"));

    assertThat(agent.send(request).requireSuccess().text()).isEmpty();
    server.verify(postRequestedFor(urlPathEqualTo("/form"))
        .withQueryParam("page", equalTo("a&b c"))
        .withFormParam("name", equalTo("J\u00fcrgen & co"))
        .withFormParam("age", equalTo("7")));
  }

  @Test
  void sendsFilesInAForm() throws Exception {
    server.stubFor(any(urlEqualTo("/upload")).willReturn(ok()));
    Body form = MultipartForm.empty()
        .part("title", "Harbour")
        .file("photo", "\u010d.png", Body.of(new byte[] {1, 2, 3}, "image/png"))
        .body();

    HttpRequest request = HttpRequest.post(server.url("/upload")).body(form);
    assertThat(agent.send(request).requireSuccess().text()).isEmpty();

    server.verify(postRequestedFor(urlEqualTo("/upload"))
        .withAnyRequestBodyPart(aMultipart("photo").withBody(binaryEqualTo(new byte[] {1, 2, 3}))));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void failsInATypedWayAndGoesOn(Fault fault) throws Exception {
    server.stubFor(get("/fault").willReturn(aResponse().withFault(fault)));
    server.stubFor(get("/fine").willReturn(ok("fine")));

    assertThatThrownBy(() -> agent.get(server.url("/fault")).text())
        .isInstanceOf(WirelineException.class);

    assertThat(agent.get(server.url("/fine")).text()).isEqualTo("fine");
  }

  @Test
  void goesOnWithADownload(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("data");
    server.stubFor(get("/data")
        .withHeader("Range", absent())
        .willReturn(ok("hello").withHeader("ETag", "\"1\"").withHeader("Content-Length", "10")));
    server.stubFor(get("/data")
        .withHeader("Range", equalTo("bytes=5-"))
        .withHeader("If-Range", equalTo("\"1\""))
        .willReturn(aResponse()
            .withStatus(206)
            .withHeader("ETag", "\"1\"")
            .withHeader("Content-Range", "bytes 5-9/10")
            .withBody("world")));
    Dialer brief = Dialer.builder().silenceTimeout(Duration.ofSeconds(1)).build();
    use(HttpAgent.builder().options(HttpOptions.builder().dialer(brief).build()));
    HttpRequest request = HttpRequest.get(server.url("/data"));

    assertThatThrownBy(() -> agent.download(request, file)).isInstanceOf(WirelineException.class);
    agent.download(request, file);

    assertThat(file).hasContent("helloworld");
  }

  @Test
  void sendsItsDefaultFieldsToItsBase() throws Exception {
    use(HttpAgent.builder()
        .base(server.url("/api/v2/"))
        .options(
            HttpOptions.builder().userAgent("probe/1").header("Accept", "a/b").build()));
    server.stubFor(get("/api/v2/items/7")
        .withHeader("User-Agent", equalTo("probe/1"))
        .withHeader("Accept", equalTo("a/b"))
        .willReturn(ok("seven")));

    assertThat(agent.get("items/7").text()).isEqualTo("seven");
  }

  @Test
  void asksAgainWhetherWhatItKeptIsFresh() throws Exception {
    use(HttpAgent.builder().step(HttpCache.of(new MemoryCacheStore())));
    server.stubFor(get("/page")
        .willReturn(
            ok("page").withHeader("ETag", "\"1\"").withHeader("Cache-Control", "no-cache")));
    server.stubFor(get("/page")
        .withHeader("If-None-Match", equalTo("\"1\""))
        .willReturn(aResponse().withStatus(304).withHeader("ETag", "\"1\"")));

    assertThat(agent.get(server.url("/page")).text()).isEqualTo("page");
    assertThat(agent.get(server.url("/page")).text()).isEqualTo("page");
    server.verify(1, getRequestedFor(urlEqualTo("/page")).withHeader("If-None-Match", absent()));
    server.verify(2, getRequestedFor(urlEqualTo("/page")));
  }

  @Test
  void handsOverTheRedirectThatItRefuses() throws Exception {
    server.stubFor(get("/a")
        .willReturn(aResponse().withStatus(302).withHeader("Location", "/a").withBody("round")));

    RefusedResponseException e =
        catchThrowableOfType(RefusedResponseException.class, () -> agent.get(server.url("/a")));

    assertThat(e.response().status()).isEqualTo(302);
    assertThat(e.response().text()).isEqualTo("round");
  }

  @Test
  void endsACallWhoseBodyDribbles() {
    server.stubFor(
        get("/slow").willReturn(ok("x".repeat(1000)).withChunkedDribbleDelay(100, 60_000)));

    DeadlineExceededException e = catchThrowableOfType(
        DeadlineExceededException.class,
        () -> agent
            .send(HttpRequest.get(server.url("/slow")), Duration.ofMillis(300))
            .text());

    assertThat(e.setting()).contains("callTimeout");
  }
}
