package dev.wireline.ftp;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Copying;
import dev.wireline.internal.PartFile;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** Copies files between the server and this host, resuming where an earlier attempt stopped. */
final class FileCopy {
  /** How much of the end of a remote part is compared with the local file before an upload is resumed: 64 KiB. */
  static final int COMPARED_BYTES = 64 * 1024;

  private static final Activity FETCHING = new Activity(Phase.READ, "fetching a file from");

  private final FtpClient client;

  FileCopy(FtpClient client) {
    this.client = client;
  }

  /** What the server says about a file before a transfer; -1 and empty for what it does not say. */
  private record Remote(long size, Optional<Instant> modified) {
    /** Size and time identify a content; empty if one of them is unknown. */
    String identity() {
      return size < 0 ? "" : modified.map(time -> size + " " + time).orElse("");
    }

    boolean isAt(Path file) throws IOException {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == size
          && modified.isPresent()
          && seconds(modified.get())
              .equals(seconds(Files.getLastModifiedTime(file).toInstant()));
    }
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private Remote remote(String path) throws IOException {
    if (client.listsForMachines()) {
      return client
          .stat(path)
          .map(entry -> new Remote(entry.size().orElse(-1), entry.modified()))
          .orElse(new Remote(-1, Optional.empty()));
    }
    return new Remote(
        known(() -> client.size(path)).orElse(-1L), known(() -> client.modified(path)));
  }

  /** A question that the server may refuse to answer. */
  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> Optional<T> known(Question<T> question) throws IOException {
    try {
      return Optional.of(question.ask());
    } catch (FtpException e) {
      if (!e.connectionUsable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  void download(String path, Path file, ProgressListener listener) throws IOException {
    Remote remote = remote(path);
    if (remote.isAt(file)) {
      return;
    }
    try (PartFile part = PartFile.of(file, client.endpoint() + "\n" + path)) {
      fetch(path, part, remote, listener);
      part.finish();
    }
    if (remote.modified.isPresent()) {
      Files.setLastModifiedTime(file, FileTime.from(remote.modified.get()));
    }
  }

  private void fetch(String path, PartFile part, Remote remote, ProgressListener listener)
      throws IOException {
    long size = remote.size;
    try (Incoming in = rest(path, part, begun(part, remote))) {
      long before = begun(part, remote);
      if (before == 0) {
        part.begin(remote.identity(), size);
      }
      part.append(out -> {
        long there = Copying.copy(
            in, out, before, () -> true, bytes -> listener.progress(bytes, size), listener);
        if (there < size) {
          throw shortened(there, size);
        }
      });
    }
  }

  private static long begun(PartFile part, Remote remote) throws IOException {
    long size = part.validator().equals(remote.identity()) ? part.size() : 0;
    return size > remote.size ? 0 : size;
  }

  private Incoming rest(String path, PartFile part, long begun) throws IOException {
    try {
      return client.retrieve(path, begun);
    } catch (FtpException e) {
      if (begun == 0 || !isAboutTheOffset(e)) {
        throw e;
      }
      part.forget();
      return client.retrieve(path);
    }
  }

  private static boolean isAboutTheOffset(FtpException e) {
    return e.connectionUsable() && e.command().orElse("").startsWith("REST");
  }

  private PeerProtocolException shortened(long there, long size) {
    return new PeerProtocolException(
        client.endpoint(),
        FETCHING,
        "a file must have the " + size + " bytes that were told before",
        there + " bytes",
        true);
  }

  void upload(Path file, String path, ProgressListener listener) throws IOException {
    long length = Files.size(file);
    long there = partOf(file, length, path);
    if (there == length && length > 0) {
      return;
    }
    try {
      client.store(path, there, rest(file, there, length), listener);
    } catch (FtpException e) {
      if (there == 0 || !isAboutTheOffset(e)) {
        throw e;
      }
      client.store(path, 0, rest(file, 0, length), listener);
    }
  }

  private static Content rest(Path file, long from, long length) {
    return Content.of(
        () -> {
          InputStream in = Files.newInputStream(file);
          try {
            in.skipNBytes(from);
            return in;
          } catch (Throwable e) {
            in.close();
            throw e;
          }
        },
        length - from);
  }

  /** How much of this file the server already has, as far as can be told; 0 if it has a different one. */
  private long partOf(Path file, long length, String path) throws IOException {
    Remote remote = remote(path);
    Instant changed = Files.getLastModifiedTime(file).toInstant();
    boolean later =
        remote.modified.map(time -> !time.isBefore(seconds(changed))).orElse(false);
    boolean part = later && remote.size > 0 && remote.size <= length;
    return part && endsAlike(file, path, remote.size) ? remote.size : 0;
  }

  private boolean endsAlike(Path file, String path, long size) throws IOException {
    int compared = (int) Math.min(size, COMPARED_BYTES);
    byte[] here;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(size - compared);
      here = in.readNBytes(compared);
    }
    Optional<byte[]> there = known(() -> {
      try (Incoming in = client.retrieve(path, size - compared)) {
        return in.readNBytes(compared + 1);
      }
    });
    return there.isPresent() && Arrays.equals(there.get(), here);
  }
}
