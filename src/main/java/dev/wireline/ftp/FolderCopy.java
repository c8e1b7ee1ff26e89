package dev.wireline.ftp;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies whole folders between the server and this host: limited in number and depth, and never outside the
 * folder. For one run.
 */
final class FolderCopy {
  private static final Activity FETCHING = new Activity(Phase.READ, "fetching a folder from");

  private final FtpClient client;
  private final FtpOptions options;
  private final FileCopy files;
  private int seen;
  private int copied;

  FolderCopy(FtpClient client, FtpOptions options) {
    this.client = client;
    this.options = options;
    this.files = new FileCopy(client);
  }

  int download(String path, Path folder) throws IOException {
    Path top = folder.toAbsolutePath().normalize();
    List<FtpEntry> entries = client.list(path);
    Files.createDirectories(top);
    download(entries, path, top, 1);
    return copied;
  }

  private void download(List<FtpEntry> entries, String path, Path folder, int depth)
      throws IOException {
    for (FtpEntry entry : entries) {
      count();
      boolean moves = entry.isFile() || entry.isDirectory();
      // A later download would resume it as if it were part of another file.
      if (moves && !WholeFile.isPart(entry.name())) {
        Path target = Names.within(folder, entry.name()).orElseThrow(() -> leaves(entry));
        download(entry, Names.in(path, entry.name()), target, depth);
      }
    }
  }

  private void download(FtpEntry entry, String path, Path target, int depth) throws IOException {
    if (entry.isFile()) {
      files.download(path, target, (bytes, total) -> {});
      copied++;
      return;
    }
    checkDepth(depth);
    List<FtpEntry> entries = client.list(path);
    makeHere(target);
    download(entries, path, target, depth + 1);
  }

  /** Creates a local folder; refuses a link that exists already, since it may lead anywhere. */
  private static void makeHere(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new FileSystemException(folder.toString(), null, "a link is where a folder goes");
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder);
    }
  }

  private PeerProtocolException leaves(FtpEntry entry) {
    return new PeerProtocolException(
        client.endpoint(),
        FETCHING,
        "a name in a folder must be the name of a file in it",
        Quoted.text(entry.name()),
        true);
  }

  int upload(Path folder, String path) throws IOException {
    upload(folder, path, 1);
    return copied;
  }

  private void upload(Path folder, String path, int depth) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.list(folder)) {
      entries = all.limit(options.maxFiles() + 1L).sorted().toList();
    }
    makeThere(path);
    for (Path entry : entries) {
      count();
      String name = String.valueOf(entry.getFileName());
      String target = Names.in(path, name);
      if (WholeFile.isPart(name)) {
        continue;
      }
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        checkDepth(depth);
        upload(entry, target, depth + 1);
      } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        files.upload(entry, target, (bytes, total) -> {});
        copied++;
      }
    }
  }

  private void makeThere(String path) throws IOException {
    try {
      client.makeDirectory(path);
    } catch (FtpException e) {
      boolean there = e.connectionUsable()
          && client.stat(path).filter(FtpEntry::isDirectory).isPresent();
      if (!there) {
        throw e;
      }
    }
  }

  private void count() throws IOException {
    seen++;
    if (seen > options.maxFiles()) {
      client.exceed("maxFiles", options.maxFiles());
    }
  }

  private void checkDepth(int depth) throws IOException {
    if (depth >= options.maxDepth()) {
      client.exceed("maxDepth", options.maxDepth());
    }
  }
}
