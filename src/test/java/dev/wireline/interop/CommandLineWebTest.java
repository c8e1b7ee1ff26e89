package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.cli.Typed;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Tls;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line with nginx, also through proxies. */
@Tag("interop")
@Timeout(60)
class CommandLineWebTest {
  private static WebServer server;
  private static ProxyServer web;
  private static ProxyServer socks;

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = Nginx.start();
    web = PairOfProxies.tinyproxy();
    socks = PairOfProxies.microsocks();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
    web.close();
    socks.close();
  }

  private static String pin() {
    return Tls.pin(server.certificate());
  }

  @Test
  void printsAPageAsItIsAndPacked() {
    assertThat(typed.run("get", server.url("/page.txt"))).isZero();
    assertThat(typed.out()).isEqualTo(WebServer.PAGE);

    Typed packed = new Typed();
    assertThat(packed.run("get", "-v", server.url("/prepacked/page.txt"))).isZero();
    assertThat(packed.out()).isEqualTo(WebServer.PAGE);
    assertThat(packed.err()).contains("S: Content-Encoding: gzip\n");
  }

  @Test
  void goesOnWithADownloadThatBrokeOff() throws Exception {
    Path file = folder.resolve("large.bin");
    String[] command = {"get", "-v", "--resume", "-o", file.toString(), server.url("/large.bin")};
    try (PeerServer cutting = PeerServer.start(CommandLineWebTest::passHalf)) {
      int cut = typed
          .environment(Map.of("http_proxy", "http://" + cutting.endpoint()))
          .run(command);

      assertThat(cut).as(typed.err()).isEqualTo(8);
      assertThat(file).doesNotExist();
    }

    Typed again = new Typed();
    assertThat(again.run(command)).as(again.err()).isZero();
    assertThat(again.err()).contains("C: Range: bytes=", "S: HTTP/1.1 206 Partial Content\n");
    assertThat(file).hasBinaryContent(WebServer.large());
  }

  /** A proxy that hangs up in the middle of the answer. */
  private static void passHalf(PeerConnection client) throws IOException {
    String head = String.join("\r\n", client.readHead()) + "\r\n\r\n";
    Endpoint plain = server.ports().plain();
    try (Socket socket = new Socket(plain.host(), plain.port())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      client.write(answer.readNBytes(WebServer.LARGE_BYTES / 2));
    }
  }

  @Test
  void trustsByKeyOrAuthorityAlone() {
    String url = server.secureUrl("/page.txt");
    Path authority = server.unix("certificate.pem").path().orElseThrow();

    assertThat(typed.run("get", url)).isEqualTo(6);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.run("get", "--trust-key", pin(), url)).isZero();
    assertThat(typed.run("get", "--cacert", authority.toString(), url)).isZero();
    assertThat(typed.out()).isEqualTo(WebServer.PAGE + WebServer.PAGE);
  }

  @Test
  void logsIn() {
    String url = server.url("/basic/page.txt");
    String login = WebServer.USER + ":" + WebServer.PASSWORD;

    assertThat(typed.run("get", "-u", WebServer.USER + ":wrong", url)).isEqualTo(1);
    Typed friend = new Typed();
    assertThat(friend.run("get", "-v", "-u", login, url)).isZero();
    assertThat(friend.out()).isEqualTo(WebServer.PAGE);
    assertThat(friend.err()).contains("C: Authorization: ***").doesNotContain(WebServer.PASSWORD);
  }

  @Test
  void keepsCookiesFromOneCommandToTheNext() {
    String jar = folder.resolve("cookies.txt").toString();

    assertThat(typed.run("get", "--cookies", jar, "-i", server.url("/login"))).isZero();
    assertThat(typed.out()).contains("X-Cookie: session=7\n", WebServer.PAGE);
    Typed next = new Typed();
    assertThat(next.run("get", "--cookies", jar, "-I", server.url("/page.txt"))).isZero();
    assertThat(next.out()).contains("X-Cookie: session=7\n");
  }

  @Test
  void sendsAndFetches() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "stored\n");
    String url = server.url("/stored/command-line.txt");

    assertThat(typed.run("get", "-X", "PUT", "-d", "@" + file, url)).isZero();
    assertThat(typed.run("get", url)).isZero();
    assertThat(typed.run("get", "-X", "DELETE", url)).isZero();
    assertThat(typed.run("get", "-o", folder.resolve("b.txt").toString(), url)).isEqualTo(1);

    assertThat(typed.out()).contains("stored\n");
    assertThat(folder.resolve("b.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page.txt", "https"})
  void goesThroughProxies(String target) {
    String url = target.equals("https") ? server.secureUrl("/page.txt") : server.url(target);
    String login = ProxyServer.USER + ":" + ProxyServer.PASSWORD + "@";

    for (String proxy : new String[] {
      "http://" + web.open(),
      "http://" + login + web.closed(),
      "socks5h://" + socks.open(),
      "socks5h://" + login + socks.closed()
    }) {
      Typed through = new Typed();
      assertThat(through.run("get", "--trust-key", pin(), "--proxy", proxy, url))
          .isZero();
      assertThat(through.out()).isEqualTo(WebServer.PAGE);
    }
    Typed stranger = new Typed();
    assertThat(stranger.run("get", "--proxy", "socks5h://" + socks.closed(), url))
        .isEqualTo(5);
  }

  @Test
  void talksWithItAndLooksAtIt() throws Exception {
    Path script = Files.writeString(folder.resolve("a.script"), """
        C: HEAD {path} HTTP/1.0
        C:
        S: HTTP/1.1 200 OK
        S: Server: nginx{*}
        """);
    String unix = "unix:" + server.unix("nginx.sock").path().orElseThrow();

    assertThat(typed.run("talk", "--script", script.toString(), "--set", "path=/page.txt", unix))
        .as(typed.err())
        .isZero();
    assertThat(typed.run("probe", "--wait", "50ms", server.ports().plain().toString()))
        .isZero();
    assertThat(typed.run("probe", "--trust-key", pin(), server.secureEndpoint().toString()))
        .isZero();
    assertThat(typed.out()).contains("HTTP/1.1 403 Forbidden, nginx", "TLSv1.", "  trusted\n");
  }
}
