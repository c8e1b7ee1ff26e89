package dev.wireline.cli;

import dev.wireline.ftp.FtpClient;
import dev.wireline.url.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends a file. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends a file to an FTP server, from where an earlier try stopped.",
      "A URL that ends in a slash is a folder, in which the file keeps its name."
    },
    footer = {"", "Example:", "  wireline put -u me report.pdf ftp://files.example/in/"})
final class Put implements Callable<Integer> {
  private final Streams streams;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
  Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "URL", description = "Where, with ftp:// or ftps://.")
  String url = "";

  @Mixin
  FtpPlace place = new FtpPlace();

  Put(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder; put sends one file");
    }
    // A file that cannot be read is found before somebody is dialled.
    Files.newInputStream(file).close();
    ServerUrl target = FtpPlace.url(url);
    String path = FtpPlace.path(target);
    String name = path.isEmpty() || path.endsWith("/") ? path + file.getFileName() : path;
    try (FtpClient client = place.open(target, streams);
        Progress progress = new Progress(streams)) {
      client.upload(file, name, progress);
      client.quit();
    }
    return ExitCode.DONE;
  }
}
