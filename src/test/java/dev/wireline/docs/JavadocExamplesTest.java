package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.Body;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples with which the Javadoc of the main classes opens. */
@Timeout(60)
class JavadocExamplesTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @ParameterizedTest
  @ValueSource(
      classes = {
        HttpAgent.class,
        HttpClient.class,
        HttpRequest.class,
        LineClient.class,
        Wire.class,
        Dialer.class,
        DatagramClient.class
      })
  void opensEachMainClass(Class<?> type) throws IOException {
    Path source = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");

    assertThat(Regions.read()).containsValue(JavadocBlocks.of(source).get(0));
  }

  @Test
  void opensTheModule() throws IOException {
    assertThat(JavadocBlocks.of(Path.of("src/main/java/module-info.java")))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(Regions.read()).containsValue(block));
  }

  @Test
  void asksFromManyThreads() throws IOException {
    String token = "4711";
    try (var server = RawServer.answering(Answers.ok("calm"))) {
      String origin = Answers.origin(server);

      // docs: javadoc-agent
      HttpAgent agent =
          HttpAgent.builder().credentials(origin, Credentials.bearer(token)).build();
      String tides = agent.get(origin + "/tides").requireSuccess().text();
      agent.close(); // when the program ends
      // end: javadoc-agent

      assertThat(tides).isEqualTo("calm");
    }
  }

  @Test
  void makesARequest() throws IOException {
    try (var server = RawServer.answering(Answers.ok("7"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/items";

      // docs: javadoc-request
      HttpRequest request = HttpRequest.post(url)
          .query("place", "harbour")
          .header("Accept", "text/plain")
          .body(Body.of("{\"name\":\"buoy\"}", "application/json"));
      HttpResponse response = agent.send(request);
      // end: javadoc-request

      assertThat(response.text()).isEqualTo("7");
    }
  }

  @Test
  void dials() throws IOException {
    try (var server = EchoServer.start()) {
      Endpoint endpoint = server.endpoint();

      // docs: javadoc-dialer
      Dialer dialer = Dialer.builder()
          .connectTimeout(Duration.ofSeconds(3))
          .silenceTimeout(Duration.ofSeconds(10)) // what others call the read or socket timeout
          .build();
      try (Wire wire = dialer.dial(endpoint)) {
        wire.output().write(42);
      }
      // end: javadoc-dialer
    }
  }

  @Test
  void asksOverUdp() throws IOException {
    try (var server = DatagramServer.echo()) {
      String endpoint = server.endpoint().toString();

      // docs: javadoc-datagram
      try (var client = new DatagramClient(endpoint)) { // such as "echo.example:7"
        byte[] answer = client.ask("hello".getBytes(StandardCharsets.UTF_8));
        System.out.println(answer.length);
      }
      // end: javadoc-datagram

      assertThat(printed.lines()).containsExactly("5");
    }
  }
}
