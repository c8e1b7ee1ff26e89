package dev.wireline.docs;

// docs: pushes
import dev.wireline.line.LineClient;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a server that pushes news between its answers: a push starts with "!", an answer with "=". */
public final class Weather extends LineClient {
  private final Consumer<String> news;

  public Weather(String endpoint, Consumer<String> news) {
    super(endpoint, 4711);
    this.news = news;
  }

  /** Sends a question and gives its answer; news that come before it are handed on. */
  public String ask(String question) throws IOException {
    return exchange(() -> {
      writeLine(question);
      String line = readLine();
      while (isNews(line)) {
        line = readLine();
      }
      if (!line.startsWith("=")) {
        throw malformed("an answer starts with =", line);
      }
      return line.substring(1);
    });
  }

  /** Waits for news, for at most so long; {@link #wakeup()} ends the wait early. */
  public void listen(Duration atMost) throws IOException {
    pollLine(atMost).ifPresent(this::isNews);
  }

  private boolean isNews(String line) {
    if (!line.startsWith("!")) {
      return false;
    }
    news.accept(line.substring(1));
    return true;
  }
}
// end: pushes
