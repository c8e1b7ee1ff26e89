package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server over UDP does, seen from a plain socket. */
@Timeout(60)
class DatagramServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    Leftovers.assertNoThreads();
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  /** Sends the requests one by one, and gives what has come when a last one was answered. */
  private static List<String> heard(DatagramServer.Builder builder, String... requests)
      throws IOException {
    List<String> heard = new ArrayList<>();
    try (DatagramServer server = builder.start();
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout((int) SOON.toMillis());
      for (String request : requests) {
        send(socket, server, request);
      }
      while (!heard.contains("end")) {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        heard.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      }
      server.awaitRequests(requests.length, SOON);
      assertThat(server.requests()).hasSize(requests.length);
      assertThat(server.failure()).isEmpty();
      assertThat(server.senders()).containsOnly(socket.getLocalSocketAddress());
    }
    heard.remove("end");
    return heard;
  }

  private static void send(DatagramSocket socket, DatagramServer server, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InetSocketAddress to =
        new InetSocketAddress(server.endpoint().host(), server.endpoint().port());
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  @Test
  void echoes() throws Exception {
    assertThat(heard(DatagramServer.builder(), "a", "b", "end")).containsExactly("a", "b");
  }

  @Test
  void losesTheFirst() throws Exception {
    assertThat(heard(DatagramServer.builder().dropFirst(2), "a", "b", "c", "end"))
        .containsExactly("c");
  }

  @Test
  void losesEveryNth() throws Exception {
    assertThat(heard(DatagramServer.builder().dropEvery(2), "a", "b", "c", "d", "end"))
        .containsExactly("a", "c");
  }

  @Test
  void losesTheSameOnesForTheSameSeed() throws Exception {
    Random random = new Random(7);
    List<String> left = new ArrayList<>();
    for (String each : List.of("a", "b", "c", "d", "e", "f")) {
      if (random.nextInt(100) >= 50) {
        left.add(each);
      }
    }
    var lossy = DatagramServer.builder().dropAtRandom(50, 7);

    List<String> heard =
        heard(lossy, "a", "b", "c", "d", "e", "f", "end", "end", "end", "end", "end", "end", "end");

    assertThat(heard).filteredOn(text -> !text.equals("end")).isEqualTo(left);
  }

  @Test
  void sendsCopies() throws Exception {
    assertThat(heard(DatagramServer.builder().copies(2), "a", "end")).containsExactly("a", "a");
  }

  @Test
  void swapsAnswers() throws Exception {
    assertThat(heard(DatagramServer.builder().swap(), "a", "b", "x", "end"))
        .containsExactly("b", "a");
  }

  @Test
  void answersAsItIsTold() throws Exception {
    var builder = DatagramServer.builder()
        .answers(request -> request.length == 3 ? List.of(request) : List.of());

    assertThat(heard(builder, "no answer", "end")).isEmpty();
  }

  @Test
  void letsAStrangerSpeak() throws Exception {
    byte[] lie = {'l', 'i', 'e'};

    assertThat(heard(DatagramServer.builder().stranger(lie), "end")).containsExactly("lie");
  }

  @Test
  void losesTheSameOnesOnEachServerOfABuilder() throws Exception {
    var lossy = DatagramServer.builder().dropAtRandom(50, 7);
    String[] requests = {"a", "b", "c", "d", "e", "f", "end", "end", "end", "end", "end", "end"};

    List<String> first = heard(lossy, requests);

    assertThat(heard(lossy, requests)).isEqualTo(first);
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    DatagramServer.Builder builder = DatagramServer.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.dropFirst(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.dropEvery(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.dropAtRandom(-1, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.dropAtRandom(101, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.copies(0));
  }

  @Test
  void tellsWhatWentWrong() throws Exception {
    try (DatagramServer server = DatagramServer.answering(request -> {
          throw new IllegalStateException("bug");
        });
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      send(socket, server, "x");
      server.awaitRequests(1, SOON);
      while (server.failure().isEmpty()) {
        Caller.pause();
      }

      assertThat(server.failure()).get().isInstanceOf(IllegalStateException.class);
    }
  }
}
