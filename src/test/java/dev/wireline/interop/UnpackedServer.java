package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that Debian lets nobody install beside another one of its kind: its packages lie in
 * {@code target/servers}, and it runs from where they are unpacked.
 */
final class UnpackedServer {
  private static final Path PACKAGES = Path.of("target", "servers");

  private final ServerFolder folder;
  private final Path root;
  private List<String> prefix = List.of();

  private UnpackedServer(ServerFolder folder, Path root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Unpacks a server into a folder.
   *
   * @param folder where it will run
   * @param name the folder of its packages
   * @throws IOException if there are none
   */
  static UnpackedServer in(ServerFolder folder, String name) throws IOException {
    Path root = Files.createDirectory(folder.path().resolve("root"));
    UnpackedServer server = new UnpackedServer(folder, root);
    int unpacked = 0;
    try (DirectoryStream<Path> packages =
        Files.newDirectoryStream(Files.createDirectories(PACKAGES.resolve(name)), "*.deb")) {
      for (Path each : packages) {
        Tool.run(server.builder(
            List.of("dpkg-deb", "-x", each.toAbsolutePath().toString(), root.toString())));
        unpacked++;
      }
    }
    if (unpacked == 0) {
      throw new IOException(name + " is not in " + PACKAGES.toAbsolutePath());
    }
    return server;
  }

  /** Where its files are. */
  Path root() {
    return root;
  }

  /** Has a user of the system own all that is there and run it, with a file of settings for {@code INNCONF}. */
  void runAs(String user, Path settings) throws IOException {
    Tool.run(builder(List.of("chown", "-R", user + ":" + user, folder.path().toString())));
    prefix = List.of(
        "setpriv",
        "--reuid=" + user,
        "--regid=" + user,
        "--clear-groups",
        "--",
        "env",
        "INNCONF=" + settings);
  }

  /** Runs one of its tools to the end. */
  void tool(String program, String... arguments) throws IOException {
    Tool.run(builder(command(program, arguments)));
  }

  /** Starts it as the user whom servers run as. */
  RealServer start(List<Endpoint> listening, String program, String... arguments)
      throws IOException {
    List<String> command = command(program, arguments);
    command = prefix.isEmpty() ? Unprivileged.command(command) : command;
    return RealServer.start(folder, listening, builder(command));
  }

  /** Starts it as the user of this JVM. */
  RealServer startPrivileged(List<Endpoint> listening, String program, String... arguments)
      throws IOException {
    return RealServer.start(folder, listening, builder(command(program, arguments)));
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(root.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private ProcessBuilder builder(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LD_LIBRARY_PATH", libraries());
    return builder;
  }

  /** The folders of its libraries, which have the name of the processor in them. */
  private String libraries() throws IOException {
    List<String> all = new ArrayList<>();
    Path parent = Files.createDirectories(root.resolve("usr/lib"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "*-linux-*")) {
      folders.forEach(each -> all.add(each.toString()));
    }
    all.add(parent.resolve("news").toString());
    return String.join(":", all);
  }
}
