package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.http.HttpClient;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that has no descriptor left when it talks to a server: {@code case port}, and it prints what
 * was thrown.
 */
final class Shortage {

  /** What is done without a descriptor, on a wire that is connected or with none. */
  enum Case {
    READ {
      @Override
      Call prepare(Endpoint endpoint) throws IOException {
        Wire wire = Dialer.standard().dial(endpoint);
        return () -> wire.input().read();
      }
    },
    WRITE {
      @Override
      Call prepare(Endpoint endpoint) throws IOException {
        Wire wire = Dialer.standard().dial(endpoint);
        byte[] large = new byte[48 << 20];
        return () -> wire.output().write(large);
      }
    },
    WATCHED_WRITE {
      @Override
      Call prepare(Endpoint endpoint) throws IOException {
        Wire wire = Dialer.standard().dial(endpoint);
        byte[] large = new byte[48 << 20];
        WireOutput.Watch watch = new WireOutput.Watch() {
          @Override
          public boolean goesOn(int sent) throws WirelineException {
            return wire.input().pollNow(Activity.WRITING) == 0;
          }

          @Override
          public void refused(WirelineException failure) {
            throw new AssertionError("the peer has not refused", failure);
          }
        };
        return () ->
            wire.output().write(large, 0, large.length, Deadline.NEVER, Activity.WRITING, watch);
      }
    },
    DIAL {
      @Override
      Call prepare(Endpoint endpoint) {
        return () -> Dialer.standard().dial(endpoint);
      }
    },
    /** A selector is two descriptors, and a socket one. */
    DIAL_WITH_A_SELECTOR {
      @Override
      Call prepare(Endpoint endpoint) {
        return () -> Dialer.standard().dial(endpoint);
      }

      @Override
      int left() {
        return 2;
      }
    },
    ASK {
      @Override
      Call prepare(Endpoint endpoint) {
        return () -> new DatagramClient(endpoint).ask(new byte[1]);
      }
    },
    ASK_WITH_A_SELECTOR {
      @Override
      Call prepare(Endpoint endpoint) {
        return () -> new DatagramClient(endpoint).ask(new byte[1]);
      }

      @Override
      int left() {
        return 2;
      }
    },
    /** A kept connection whose answer has to be waited for. */
    KEPT {
      @Override
      Call prepare(Endpoint endpoint) throws IOException {
        Kept client = new Kept(endpoint);
        client.get("/first").text();
        client.park();
        return () -> client.get("/second");
      }
    };

    abstract Call prepare(Endpoint endpoint) throws IOException;

    /** How many descriptors there still are. */
    int left() {
      return 0;
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static final class Kept extends HttpClient {
    Kept(Endpoint endpoint) {
      super(endpoint);
    }

    void park() throws IOException {
      wire().park();
    }
  }

  private Shortage() {}

  public static void main(String[] args) throws Exception {
    Case what = Case.valueOf(args[0]);
    Endpoint endpoint = Endpoint.tcp("127.0.0.1", Integer.parseInt(args[1]));
    warmUp(endpoint);
    Call call = what.prepare(endpoint);
    List<FileInputStream> all = takeAll();
    Throwable thrown = null;
    try {
      for (int i = 0; i < what.left(); i++) {
        all.remove(all.size() - 1).close();
      }
      call.run();
    } catch (Throwable e) {
      thrown = e;
    } finally {
      for (FileInputStream each : all) {
        each.close();
      }
    }
    System.out.println(thrown);
  }

  /** A class that is loaded from a folder needs a descriptor, and so does much of the JDK at first. */
  private static void warmUp(Endpoint endpoint) throws Exception {
    Path root =
        Path.of(Dialer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root.resolve("dev/wireline"))) {
      for (Path file : files.toList()) {
        String name = root.relativize(file).toString().replace('/', '.');
        boolean meant = name.contains(".net.")
            || name.contains(".error.")
            || name.contains(".http.")
            || name.contains(".internal.");
        if (meant && name.endsWith(".class")) {
          Class.forName(name.substring(0, name.length() - ".class".length()));
        }
      }
    }
    try (Wire wire = Dialer.standard().dial(endpoint)) {
      wire.input()
          .poll(
              1, Deadline.after(Duration.ofMillis(1), Activity.READING.phase()), Activity.READING);
    }
  }

  private static List<FileInputStream> takeAll() {
    List<FileInputStream> all = new ArrayList<>();
    try {
      while (true) {
        all.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      return all;
    }
  }
}
