package dev.wireline.docs;

import dev.wireline.http.HttpAgent;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;

/** A program whose agent has no listener, to see what it loads. */
final class QuietFetch {
  private QuietFetch() {}

  public static void main(String[] arguments) throws IOException {
    try (RawServer server = RawServer.answering(RawAnswer.of("HTTP/1.1 204 X\r\n\r\n"));
        HttpAgent agent = HttpAgent.create()) {
      System.out.println("answered " + agent.get(Answers.origin(server)).status());
    }
  }
}
