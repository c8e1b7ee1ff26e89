package dev.wireline.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.File;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** What this host cannot do is never laid at the peer's door. */
@Timeout(60)
class LocalFailureTest {

  /** No more than the program needs: each jar on it is an open file. */
  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> needed : List.of(Shortage.class, Dialer.class, Logger.class)) {
      URI place = needed.getProtectionDomain().getCodeSource().getLocation().toURI();
      places.add(Path.of(place).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  /** What a program says that runs out of descriptors in one place. */
  private static String said(Shortage.Case what, int port) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command = "ulimit -n 100; exec \"$0\" \"$@\"";
    Process process = new ProcessBuilder(List.of(
            "sh",
            "-c",
            command,
            java,
            "-Xmx256m",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            classPath(),
            Shortage.class.getName(),
            what.name(),
            Integer.toString(port)))
        .redirectErrorStream(true)
        .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void serve(PeerConnection client, AtomicInteger requests) throws Exception {
    while (true) {
      List<String> head = client.readHead();
      if (head == null) {
        return;
      }
      requests.incrementAndGet();
      if (head.get(0).contains("/second")) {
        client.hold();
      }
      client.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Shortage.Case.class, names = "KEPT", mode = EnumSource.Mode.EXCLUDE)
  void aShortageOfDescriptorsIsOurOwn(Shortage.Case what) throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {

      String said = said(what, server.port());

      assertThat(said)
          .startsWith("dev.wireline.error.LocalFailureException: ")
          .contains("Too many open files");
    }
  }

  @Test
  void aShortageOfDescriptorsIsNoStaleConnection() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (PeerServer server = PeerServer.start(client -> serve(client, requests))) {

      String said = said(Shortage.Case.KEPT, server.port());

      assertThat(said)
          .startsWith("dev.wireline.error.LocalFailureException: reading the response head")
          .contains("Too many open files");
      assertThat(requests).hasValue(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No route to host",
        "Network is unreachable",
        "Permission denied",
        "No buffer space available"
      })
  void theWordsOfTheSystemAreOurs(String words) {
    assertThat(LocalFault.is(new SocketException(words))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection reset", "Broken pipe", "Connection refused"})
  void thePeersAreNot(String words) {
    assertThat(LocalFault.is(new IOException(words))).isFalse();
  }
}
