package dev.wireline.bench;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.slf4j.Logger;

/** One GET in a fresh JVM: how long that JVM takes, and the classes that no archive of the JDK has. */
final class FirstScale {
  private static final int RUNS = 11;
  private static final List<String> KINDS =
      List.of("socket", "HttpURLConnection", "client", "agent");

  private final Path jar;
  private final int port;

  private FirstScale(Path jar, int port) {
    this.jar = jar;
    this.port = port;
  }

  /**
   * Prints the table; with two arguments it makes one GET.
   *
   * @param args none, or who asks and the port
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 2) {
      get(args[0], Integer.parseInt(args[1]));
      return;
    }
    ScaleRun.head(
        "one GET in a fresh JVM by", "wall time (ms)", "ratio", "classes that no archive has");
    Path folder = Files.createTempDirectory("wireline-bench");
    Path archive = folder.resolve("agent.jsa");
    Path jar = packed(folder);
    try (BenchServer server = BenchServer.answeringRequests(ScaleServer.SMALL)) {
      FirstScale first = new FirstScale(jar, server.port());
      double floor = 0;
      for (String kind : KINDS) {
        double time = first.median(kind, List.of());
        floor = floor == 0 ? time : floor;
        ScaleRun.row(kind, time, time / floor, first.classes(kind));
      }
      first.run("agent", List.of("-XX:ArchiveClassesAtExit=" + archive));
      double time = first.median("agent", List.of("-XX:SharedArchiveFile=" + archive));
      ScaleRun.row("agent, with a class data archive", time, time / floor, 0);
    } finally {
      Files.deleteIfExists(archive);
      Files.delete(jar);
      Files.delete(folder);
    }
  }

  /** The library and this class in a jar, as users have it: an archive takes nothing from a folder. */
  private static Path packed(Path folder) throws IOException {
    Path jar = folder.resolve("first.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      pack(out, home(HttpAgent.class), "");
      pack(out, home(FirstScale.class), "dev/wireline/bench");
    }
    return jar;
  }

  private static void pack(JarOutputStream out, Path root, String below) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root.resolve(below))) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      out.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
      Files.copy(file, out);
    }
  }

  /** The folder or jar that a class comes from. */
  private static Path home(Class<?> of) {
    return Path.of(
        URI.create(of.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void get(String kind, int port) throws IOException {
    // Not by "+", which costs a fresh JVM more than a call.
    String endpoint = "127.0.0.1:".concat(Integer.toString(port));
    String url = "http://".concat(endpoint).concat("/");
    switch (kind) {
      case "client" -> {
        try (HttpClient client = new HttpClient(endpoint)) {
          client.get("/").bytes();
        }
      }
      case "agent" -> {
        try (HttpAgent agent = HttpAgent.create()) {
          agent.get(url).bytes();
        }
      }
      case "socket" -> {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket
              .getOutputStream()
              .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          socket.getInputStream().read(new byte[1024]);
        }
      }
      default -> {
        try (InputStream body = new URL(url).openStream()) {
          body.readAllBytes();
        }
      }
    }
  }

  private double median(String kind, List<String> options)
      throws IOException, InterruptedException {
    double[] times = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run(kind, options);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }

  private String run(String kind, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(jar + File.pathSeparator + home(Logger.class));
    command.add(FirstScale.class.getName());
    command.add(kind);
    command.add(Integer.toString(port));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  private long classes(String kind) throws IOException, InterruptedException {
    return run(kind, List.of("-Xlog:class+load"))
        .lines()
        .filter(line -> !line.endsWith("shared objects file") && line.contains(" source: "))
        .count();
  }
}
