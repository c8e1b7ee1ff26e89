package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.LimitExceededException;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramOptions;
import dev.wireline.testing.DatagramServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/datagrams.md. */
@Timeout(60)
class DatagramsGuideTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void asksAndIsAnswered() throws IOException {
    try (var server = DatagramServer.echo()) {
      String endpoint = server.endpoint().toString();

      // docs: udp-echo
      try (var client = new DatagramClient(endpoint)) { // such as "echo.example:7"
        byte[] answer = client.ask("hello".getBytes(StandardCharsets.UTF_8));
        System.out.println(new String(answer, StandardCharsets.UTF_8));
      }
      // end: udp-echo

      assertThat(printed.lines()).containsExactly("hello");
    }
  }

  // docs: udp-match
  /** Asks with a number in the first four bytes, which the answer has to repeat. */
  static byte[] ask(DatagramClient client, int number, byte[] question) throws IOException {
    byte[] request =
        ByteBuffer.allocate(4 + question.length).putInt(number).put(question).array();
    byte[] answer = client.ask(
        request, bytes -> bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt() == number);
    return Arrays.copyOfRange(answer, 4, answer.length);
  }
  // end: udp-match

  @Test
  void passesOverOtherAnswers() throws IOException {
    byte[] question = {1, 2, 3};
    try (var server =
            DatagramServer.answering(request -> List.of(new byte[] {9, 9, 9, 9}, request));
        var client = new DatagramClient(server.endpoint())) {
      assertThat(ask(client, 4711, question)).isEqualTo(question);
    }
  }

  @Test
  void setsTimesAndTries() throws IOException {
    try (var server = DatagramServer.builder().dropFirst(1).start()) {
      String endpoint = server.endpoint().toString();
      byte[] request = {1};

      // docs: udp-options
      DatagramOptions options = DatagramOptions.builder()
          .callTimeout(Duration.ofSeconds(5))
          .firstWait(Duration.ofMillis(200))
          .maxTries(3)
          .maxAnswerBytes(4096)
          .build();
      // end: udp-options

      try (var client = new DatagramClient(endpoint, server.endpoint().port(), options)) {
        assertThat(client.ask(request)).isEqualTo(request);
      }
    }
  }

  // docs: udp-kit
  @Test
  void isAnsweredOverABadNetwork() throws IOException {
    DatagramServer.Builder network = DatagramServer.builder()
        .dropFirst(1)
        .copies(2)
        .stranger("a lie".getBytes(StandardCharsets.UTF_8));
    try (var server = network.start();
        var client = new DatagramClient(server.endpoint())) {
      byte[] answer = client.ask("the truth".getBytes(StandardCharsets.UTF_8));

      assertThat(answer).asString().isEqualTo("the truth");
      assertThat(server.requests()).hasSizeGreaterThan(1);
    }
  }
  // end: udp-kit

  @Test
  void takesNoAnswerThatIsCut() throws IOException {
    try (var server = DatagramServer.answering(request -> List.of(new byte[1473]));
        var client = new DatagramClient(server.endpoint())) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> client.ask(new byte[1]))
          .satisfies(e -> assertThat(e.limit()).isEqualTo("maxAnswerBytes"));
    }
  }

  @Test
  void sendsAndIsDone() throws IOException {
    try (var server = DatagramServer.answering(request -> List.of())) {
      String endpoint = server.endpoint().toString();

      // docs: udp-send
      try (var metrics = new DatagramClient(endpoint, 8125)) {
        metrics.send("logins:1|c".getBytes(StandardCharsets.UTF_8));
      }
      // end: udp-send

      server.awaitRequests(1, Duration.ofSeconds(30));
      assertThat(server.requests().get(0)).asString().isEqualTo("logins:1|c");
    }
  }

  @Test
  void collectsSeveralAnswers() throws IOException {
    byte[] request = {1};
    try (var server = DatagramServer.answering(
            asked -> List.of(new byte[] {1, 'a'}, new byte[] {2, '?'}, new byte[] {1, 'b'}));
        var client = new DatagramClient(server.endpoint())) {

      // docs: udp-collect
      List<byte[]> parts = client.collect(
          request, Duration.ofSeconds(5), 2, datagram -> datagram.length > 0 && datagram[0] == 1);
      // end: udp-collect

      assertThat(parts).containsExactly(new byte[] {1, 'a'}, new byte[] {1, 'b'});
    }
  }
}
