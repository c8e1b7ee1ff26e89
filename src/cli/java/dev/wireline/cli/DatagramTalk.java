package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.DatagramDialogue;
import dev.wireline.net.DatagramOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A conversation in datagrams: each line is one, and what comes within a while is shown, a line each. */
final class DatagramTalk {
  private final Streams streams;
  private final Duration wait;
  private final int answers;

  DatagramTalk(Streams streams, Duration wait, int answers) {
    this.streams = streams;
    this.wait = wait;
    this.answers = answers;
  }

  int run(Endpoint peer) throws IOException {
    DatagramOptions options =
        DatagramOptions.builder().callTimeout(Duration.ofDays(365)).build();
    boolean heard = false;
    try (DatagramDialogue dialogue = DatagramDialogue.open(peer, options, new byte[0])) {
      var lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        dialogue.send(line.getBytes(StandardCharsets.UTF_8));
        heard |= hear(dialogue);
      }
    }
    if (!heard) {
      streams.err().println("wireline: nothing came from " + peer);
    }
    return heard ? ExitCode.DONE : ExitCode.TIMEOUT;
  }

  private boolean hear(DatagramDialogue dialogue) throws IOException {
    OutputStream out = streams.content();
    int count = 0;
    while (count < answers) {
      Optional<byte[]> datagram = dialogue.receive(wait);
      if (datagram.isEmpty()) {
        break;
      }
      count++;
      out.write(datagram.get());
      out.write('\n');
      out.flush();
    }
    return count > 0;
  }
}
