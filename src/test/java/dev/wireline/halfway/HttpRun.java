package dev.wireline.halfway;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Gets a document where that ends by an error, then reads the same response again, and another one. */
final class HttpRun {
  private static final int MOST_DEPTHS = 900;
  private static final int ENOUGH_IN_PEACE = 30;

  /** How a sender is made. */
  interface Making {
    Get.Sender of(Endpoint server);
  }

  private final Get way;
  private final Making making;
  private final Endpoint server;
  private final String name;
  private final List<String> wrong = new ArrayList<>();
  private int errors;

  HttpRun(Get way, boolean agent, Endpoint server) {
    this.way = way;
    this.making = agent ? Get::agent : Get::client;
    this.server = server;
    this.name = way + (agent ? " of an agent " : " of a client ");
  }

  List<String> wrong() {
    return wrong;
  }

  int errors() {
    return errors;
  }

  void stack() throws Exception {
    inPeace();
    int peace = 0;
    for (int depth = 0; depth < MOST_DEPTHS && peace < ENOUGH_IN_PEACE; depth++) {
      int left = depth;
      boolean ended = ends(steps -> StackEnd.run(left, steps), "at depth " + depth);
      peace = ended ? 0 : peace + 1;
    }
  }

  void heap() throws Exception {
    inPeace();
    boolean ended = true;
    for (int free = 1; ended; free += 1 + free / 2) {
      int bytes = free * 1024;
      ended = ends(steps -> HeapEnd.run(bytes, steps), "with " + free + " KiB");
    }
  }

  /** Runs steps where something ends. */
  private interface End {
    Object run(Callable<Object> steps) throws Exception;
  }

  /** Loads what is needed, the failures too. */
  private void inPeace() throws IOException {
    Get.Sender closed = making.of(server);
    HttpResponse response = closed.get(0);
    closed.close();
    again(response, "closed");
    try (Get.Sender sender = making.of(server)) {
      if (!Ask.text(way.read(sender.get(0))).equals(Ask.answer(0))) {
        throw new AssertionError(name + "does not read in peace");
      }
    }
    wrong.clear();
  }

  /** Whether it ended by an error. */
  private boolean ends(End end, String where) throws Exception {
    try (Get.Sender sender = making.of(server)) {
      HttpResponse[] come = new HttpResponse[1];
      Callable<Object> steps = () -> {
        come[0] = sender.get(0);
        return way.read(come[0]);
      };
      Throwable thrown = ErrorRun.judge(end.run(steps));
      if (thrown != null) {
        errors++;
        if (come[0] != null) {
          again(come[0], where);
          again(come[0], where);
          if (way.isStreamed()) {
            // What fails between two of its pieces leaves it open to its caller, who closes it.
            come[0].discard();
          }
        }
      }
      next(sender, where);
      return thrown != null;
    }
  }

  /** The whole body, or none. */
  private void again(HttpResponse response, String where) throws IOException {
    if (way == Get.STREAM) {
      // What the JDK's loop had taken when it failed is gone.
      return;
    }
    Object read;
    try {
      read = way.read(response);
    } catch (IOException | UncheckedIOException e) {
      return;
    } catch (IllegalStateException e) {
      // It was streamed by the read that failed.
      if (!way.isStreamed()) {
        wrong.add("WRONG " + name + where + ": the body is " + e);
      }
      return;
    }
    String text = read instanceof List<?> lines && lines.size() < 3 ? "cut" : Ask.text(read);
    if (!text.equals(Ask.answer(0))) {
      wrong.add("WRONG " + name + where + ": the body is " + ErrorRun.shown(text));
    }
  }

  private void next(Get.Sender sender, String where) {
    try {
      String text = Ask.text(way.read(sender.get(1)));
      if (!text.equals(Ask.answer(1))) {
        wrong.add("WRONG " + name + where + ": the next is " + ErrorRun.shown(text));
      }
    } catch (IOException | RuntimeException | Error e) {
      wrong.add("WRONG " + name + where + ": the next is " + e);
    }
  }
}
