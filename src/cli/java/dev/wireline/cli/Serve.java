package dev.wireline.cli;

import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.FolderServer;
import dev.wireline.testing.HostileServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a server, for tests of clients in any language. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false,
    synopsisSubcommandLabel = "KIND",
    description = {
      "Plays a server until Ctrl-C, for tests of clients in any language.",
      "It listens on this host alone unless --address says otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  wireline serve folder . --port 8080",
      "  wireline serve echo --tls --save-ca ca.pem",
      "  wireline serve script hello.script --port 2525",
      "  wireline serve hostile 'endless header lines'",
      "  wireline serve hostile --list"
    })
final class Serve {
  /** Until the client comes, whenever that is. */
  private static final Duration PATIENCE = Duration.ofDays(365);

  private final Streams streams;

  Serve(Streams streams) {
    this.streams = streams;
  }

  @Command(
      name = "folder",
      mixinStandardHelpOptions = true,
      description = "The files of a folder, by HTTP.")
  int folder(
      @Mixin Listen listen,
      @Parameters(paramLabel = "FOLDER", description = "The folder.") Path folder)
      throws IOException {
    try (FolderServer server = listen.apply(FolderServer.builder(folder)).start()) {
      listen.announce("the files of " + folder, server.endpoint(), streams);
      return listen.untilInterrupted();
    }
  }

  @Command(name = "echo", mixinStandardHelpOptions = true, description = "Sends back what it gets.")
  int echo(
      @Mixin Listen listen,
      @Option(
              names = "--prefix",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Send lines back, each with this before it.")
          String prefix,
      @Option(names = "--udp", description = "Datagrams.") boolean udp)
      throws IOException {
    if (udp) {
      return datagrams(listen);
    }
    try (EchoServer server = listen.apply(EchoServer.builder().prefix(prefix)).start()) {
      listen.announce("an echo", server.endpoint(), streams);
      return listen.untilInterrupted();
    }
  }

  private int datagrams(Listen listen) throws IOException {
    DatagramServer.Builder builder = DatagramServer.builder().port(listen.port);
    if (listen.address != null) {
      builder.address(InetAddress.getByName(listen.address));
    }
    try (DatagramServer server = builder.start()) {
      listen.announce("an echo of datagrams", server.endpoint(), streams);
      return listen.untilInterrupted();
    }
  }

  @Command(
      name = "script",
      mixinStandardHelpOptions = true,
      description = {
        "A script of S: and C: lines, for one client; then it ends.",
        "The exit code says whether the client kept to it."
      })
  int script(
      @Mixin Listen listen,
      @Parameters(paramLabel = "FILE", description = "The script.") Path script,
      @Option(
              names = "--times",
              paramLabel = "N",
              defaultValue = "1",
              description = "Play it for so many clients; once unless set.")
          int times)
      throws IOException {
    var builder = ScriptedServer.fileBuilder(script).patience(PATIENCE).times(times);
    if (listen.authority != null && !listen.tls) {
      builder.startTls(listen.certificate());
      listen.authority = null;
    }
    try (ScriptedServer server = listen.apply(builder).start()) {
      listen.announce("the script " + script, server.endpoint(), streams);
      return played(server);
    }
  }

  private static int played(ScriptedServer server) throws ScriptDiffersException {
    try {
      server.verify();
      return ExitCode.DONE;
    } catch (AssertionError e) {
      if (Thread.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
      throw new ScriptDiffersException(String.valueOf(e.getMessage()));
    }
  }

  @Command(
      name = "hostile",
      mixinStandardHelpOptions = true,
      description = "A bad server, of the list that --list shows.")
  int hostile(
      @Mixin Listen listen,
      @Parameters(paramLabel = "NAME", arity = "0..1", description = "What it does.") @Nullable
          String name,
      @Option(names = "--list", description = "Show the names.") boolean list)
      throws IOException {
    if (list) {
      for (String known : HostileServer.names()) {
        streams.line(known);
      }
      return ExitCode.DONE;
    }
    if (name == null) {
      throw new IllegalArgumentException("name one of the bad servers that --list shows");
    }
    try (HostileServer server = listen.apply(HostileServer.builder(name)).start()) {
      listen.announce("a bad server, \"" + name + "\",", server.endpoint(), streams);
      return listen.untilInterrupted();
    }
  }
}
