package dev.wireline.cli;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** Shows a folder of FTP: size, time and name, with a slash after the name of a folder. */
final class Listing {
  private final Streams streams;

  Listing(Streams streams) {
    this.streams = streams;
  }

  void show(FtpClient client, String path) throws IOException {
    for (FtpEntry entry : client.list(path)) {
      streams.line(row(entry));
    }
  }

  private static String row(FtpEntry entry) {
    String size =
        entry.size().isPresent() && entry.isFile() ? String.valueOf(entry.size().getAsLong()) : "-";
    String time = entry.modified().map(Instant::toString).orElse("-");
    String name = Printable.of(entry.name()) + (entry.isDirectory() ? "/" : "");
    return String.format(Locale.ROOT, "%12s  %-20s  %s", size, time, name);
  }
}
