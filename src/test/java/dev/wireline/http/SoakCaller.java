package dev.wireline.http;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of those who ask, one request after another, and use the answers in every way there is. */
final class SoakCaller implements Caller.Step {
  private static final String[] METHODS = {"GET", "GET", "GET", "HEAD", "PUT", "POST", "POST"};

  private final HttpAgent agent;
  private final List<String> origins;
  private final SoakTally tally;
  private final Random random;
  private final CountDownLatch enough;

  SoakCaller(
      HttpAgent agent, List<String> origins, SoakTally tally, long seed, CountDownLatch enough) {
    this.agent = agent;
    this.origins = origins;
    this.tally = tally;
    this.random = new Random(seed);
    this.enough = enough;
  }

  @Override
  public void run() {
    while (enough.getCount() > 0) {
      long id = tally.nextId();
      try {
        use(agent.send(request(id)), id);
      } catch (UncheckedIOException e) {
        failed(Objects.requireNonNull(e.getCause()), id);
      } catch (IOException | RuntimeException | Error e) {
        failed(e, id);
      }
    }
    // An interrupt that came late is nobody's.
    Thread.interrupted();
  }

  private HttpRequest request(long id) {
    String method = METHODS[random.nextInt(METHODS.length)];
    String url = origins.get(random.nextInt(origins.size())) + SoakItem.path(id);
    HttpRequest request = HttpRequest.of(method, url).header("X-Id", Long.toString(id));
    return method.startsWith("P")
        ? request.body(Body.of(SoakItem.content(id), "text/plain"))
        : request;
  }

  private void failed(Throwable e, long id) {
    boolean interrupted = Thread.interrupted();
    if (!(e instanceof WirelineException)) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      tally.fault("call " + id + " failed untyped: " + trace);
    } else if (e instanceof CallInterruptedException && !interrupted) {
      tally.fault("call " + id + " was interrupted and has lost the flag");
    }
    tally.ended(e.getClass().getSimpleName());
  }

  private void use(HttpResponse response, long id) throws IOException {
    if (!response.header("X-Id").orElse("").equals(Long.toString(id))) {
      tally.fault("call " + id + " got another's answer: " + response);
    }
    if (response.status() != 200 || response.request().method().equals("HEAD")) {
      tally.ended("status " + response.status());
      response.discard();
      return;
    }
    switch (random.nextInt(60)) {
      case 0 -> tally.ended("forgotten");
      case 1, 2, 3, 4, 5 -> {
        response.discard();
        tally.ended("discarded");
      }
      case 6, 7, 8, 9 -> closeEarly(response, id);
      case 10, 11, 12, 13, 14 -> closeFromAnotherThread(response, id);
      case 15, 16, 17, 18, 19, 20 -> compare(lines(response), id);
      case 21, 22, 23, 24, 25, 26, 27, 28 -> compare(streamed(response), id);
      default -> compare(response.text(), id);
    }
  }

  private void compare(String text, long id) {
    if (text.equals(SoakItem.answer(id))) {
      tally.completed();
    } else {
      tally.fault("call " + id + " got another's content, or not all: " + text.length());
    }
  }

  private static String lines(HttpResponse response) throws IOException {
    try (Stream<String> lines = response.lines()) {
      return lines.map(line -> line + "\n").collect(Collectors.joining());
    }
  }

  private static String streamed(HttpResponse response) throws IOException {
    try (InputStream body = response.body()) {
      return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private void closeEarly(HttpResponse response, long id) throws IOException {
    try (InputStream body = response.body()) {
      if (body.read() != 't') {
        tally.fault("call " + id + " got another's first byte");
      }
    }
    tally.ended("closed early");
  }

  /** The body ends and is closed at about the same time: it goes back to the pool once. */
  private void closeFromAnotherThread(HttpResponse response, long id) throws IOException {
    InputStream body = response.body();
    Thread closing = new Thread(() -> close(body), "soak closes");
    closing.start();
    try {
      compare(new String(body.readAllBytes(), StandardCharsets.US_ASCII), id);
    } finally {
      awaitEnd(closing);
    }
  }

  private void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      tally.fault("a close failed: " + e);
    }
  }

  private static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join(10);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
