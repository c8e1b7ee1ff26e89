package dev.wireline.halfway;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs each read where it ends by an error, and says what a client gave afterwards that it must not
 * give: {@code ErrorRun stack} at each depth near the end of the stack, {@code ErrorRun heap} with
 * ever less memory. In a JVM of its own, for classes that fail to be initialized there stay so.
 */
public final class ErrorRun {
  private static final int ANSWERS = 3;
  private static final int MOST_DEPTHS = 900;
  private static final int MOST_KIB = 160;
  private static final int ENOUGH_IN_PEACE = 30;

  private final List<String> wrong = new ArrayList<>();
  private int errors;

  /** Prints a line for each wrong answer, and at the end how many errors there were. */
  public static void main(String[] args) throws Exception {
    ErrorRun run = new ErrorRun();
    boolean heap = args[0].equals("heap");
    int next = 1;
    for (Ask ask : Ask.values()) {
      Endpoint server = Endpoint.tcp("127.0.0.1", Integer.parseInt(args[next++]));
      run.inPeace(ask, server);
      if (heap) {
        run.heap(ask, server);
      } else {
        run.stack(ask, server);
      }
    }
    for (Get way : Get.values()) {
      run.http(way, heap, Endpoint.tcp("127.0.0.1", Integer.parseInt(args[next++])));
    }
    if (!heap) {
      run.say();
      run.pool(Endpoint.tcp("127.0.0.1", Integer.parseInt(args[1])));
    }
    run.wrong.forEach(System.out::println);
    System.out.println("errors: " + run.errors);
  }

  private void pool(Endpoint server) throws Exception {
    PoolRun pool = new PoolRun(server);
    pool.stack();
    wrong.addAll(pool.wrong());
    errors += pool.errors();
  }

  private void say() throws Exception {
    SayRun say = new SayRun();
    say.stack();
    wrong.addAll(say.wrong());
    errors += say.errors();
  }

  private void http(Get way, boolean heap, Endpoint server) throws Exception {
    for (boolean agent : new boolean[] {false, true}) {
      HttpRun http = new HttpRun(way, agent, server);
      // Only an agent unpacks.
      boolean can = agent || way != Get.GZIP;
      if (heap && can) {
        http.heap();
      } else if (can && way.isForEachDepth()) {
        http.stack();
      }
      wrong.addAll(http.wrong());
      errors += http.errors();
    }
  }

  /** The servers that a run needs, one for each read; their ports are its arguments. */
  static List<PeerServer> servers() throws IOException {
    List<PeerServer> servers = new ArrayList<>();
    for (Ask ask : Ask.values()) {
      servers.add(PeerServer.start(peer -> serve(peer, ask)));
    }
    for (Get way : Get.values()) {
      servers.add(PeerServer.start(way::serve));
    }
    return servers;
  }

  private static void serve(PeerConnection peer, Ask ask) throws Exception {
    for (int number = 0; number < ANSWERS; number++) {
      peer.write(ask.put(Ask.answer(number)).getBytes(StandardCharsets.ISO_8859_1));
    }
    peer.hold();
  }

  void wrong(String what) {
    wrong.add("WRONG " + what);
  }

  /** Loads what is needed, the failures too. */
  private void inPeace(Ask ask, Endpoint server) throws IOException {
    Ask.Client client = new Ask.Client(server);
    for (int number = 0; number < ANSWERS; number++) {
      if (!Ask.text(ask.read(client)).equals(Ask.answer(number))) {
        throw new AssertionError(ask + " does not read in peace");
      }
    }
    client.close();
    next(ask, client, ANSWERS, "closed");
  }

  private void stack(Ask ask, Endpoint server) throws Exception {
    int inPeace = 0;
    for (int depth = 0; depth < MOST_DEPTHS && inPeace < ENOUGH_IN_PEACE; depth++) {
      try (Ask.Client client = new Ask.Client(server)) {
        client.connect();
        Throwable thrown = judge(StackEnd.run(depth, () -> ask.read(client)));
        judge(ask, client, thrown, "at depth " + depth);
        inPeace = thrown == null ? inPeace + 1 : 0;
      }
    }
  }

  private void heap(Ask ask, Endpoint server) throws Exception {
    for (int free = 1; free <= MOST_KIB; free += 1 + free / 2) {
      try (Ask.Client client = new Ask.Client(server)) {
        client.connect();
        Callable<Object> steps = () -> ask.read(client);
        Throwable thrown = judge(HeapEnd.run(free * 1024, steps));
        judge(ask, client, thrown, "with " + free + " KiB");
      }
    }
  }

  private void judge(Ask ask, Ask.Client client, @Nullable Throwable thrown, String where) {
    if (thrown == null) {
      next(ask, client, 1, where);
      return;
    }
    if (thrown instanceof Error && !(thrown instanceof VirtualMachineError)) {
      wrong(ask + " " + where + ": " + thrown);
    }
    count();
    next(ask, client, 0, where);
    next(ask, client, 1, where);
  }

  void count() {
    errors++;
  }

  /** An answer has to be the one that is next, or to be refused by a client that is not open. */
  private void next(Ask ask, Ask.Client client, int number, String where) {
    try {
      String got = Ask.text(ask.read(client));
      if (!got.equals(Ask.answer(number))) {
        wrong(ask + " " + where + ": answer " + number + " is " + shown(got));
      }
    } catch (IOException e) {
      if (client.state() == ConnectionState.OPEN) {
        wrong(ask + " " + where + ": still open after " + e);
      }
    } catch (RuntimeException | Error e) {
      wrong(ask + " " + where + ": answer " + number + " is " + e);
    }
  }

  static String shown(String answer) {
    return answer.length() + " characters from "
        + answer.substring(0, Math.min(9, answer.length()));
  }

  /** What an answer that has come is worth: null when it is the first one. */
  static @Nullable Throwable judge(Object come) throws IOException {
    if (come instanceof Throwable thrown) {
      return thrown;
    }
    String answer = Ask.text(come);
    return answer.equals(Ask.answer(0))
        ? null
        : new AssertionError("a wrong answer: " + shown(answer));
  }
}
