package dev.wireline.cli;

import dev.wireline.ftp.FtpClient;
import dev.wireline.url.ServerUrl;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists a folder. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists a folder of an FTP server: size, time in UTC, and name.",
    footer = {"", "Example:", "  wireline ls ftp://files.example/pub/"})
final class Ls implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "URL", description = "The folder, with ftp:// or ftps://.")
  String url = "";

  @Mixin
  FtpPlace place = new FtpPlace();

  Ls(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    ServerUrl folder = FtpPlace.url(url);
    try (FtpClient client = place.open(folder, streams)) {
      new Listing(streams).show(client, FtpPlace.path(folder));
      client.quit();
    }
    return ExitCode.DONE;
  }
}
