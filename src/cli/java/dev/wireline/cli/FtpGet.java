package dev.wireline.cli;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpException;
import dev.wireline.header.Headers;
import dev.wireline.header.HttpDate;
import dev.wireline.line.Incoming;
import dev.wireline.url.ServerUrl;
import java.io.IOException;

/** One file or folder of FTP. */
final class FtpGet {
  private final Get get;
  private final Streams streams;

  FtpGet(Get get, Streams streams) {
    this.get = get;
    this.streams = streams;
  }

  int run() throws IOException {
    ServerUrl url = FtpPlace.url(get.url);
    String path = FtpPlace.path(url);
    FtpPlace place = new FtpPlace();
    place.account = get.account;
    place.verbose = get.verbose;
    place.clear = get.clear;
    place.connecting = get.connecting;
    try (FtpClient client = place.open(url, streams)) {
      if (path.isEmpty() || path.endsWith("/")) {
        new Listing(streams).show(client, path);
      } else {
        file(client, path);
      }
      client.quit();
    }
    return ExitCode.DONE;
  }

  private void file(FtpClient client, String path) throws IOException {
    if (get.head || get.include) {
      new Fields(streams).show(known(client, path));
    }
    if (get.head) {
      return;
    }
    if (get.output == null) {
      try (Incoming content = client.retrieve(path)) {
        content.transferTo(get.document());
      }
      return;
    }
    if (!get.resume) {
      client.retrieve(path).saveTo(get.output);
      return;
    }
    try (Progress progress = new Progress(streams)) {
      client.download(path, get.output, progress);
    }
  }

  /** Many servers know neither command. */
  private static Headers known(FtpClient client, String path) throws IOException {
    Headers known = Headers.empty();
    try {
      known = known.with("Content-Length", String.valueOf(client.size(path)));
      return known.with("Last-Modified", HttpDate.format(client.modified(path)));
    } catch (FtpException e) {
      if (!e.connectionUsable()) {
        throw e;
      }
      return known;
    }
  }
}
