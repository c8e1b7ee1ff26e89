package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for what a server reads and writes; closing it removes it. */
final class ServerFolder implements AutoCloseable {
  private final Path path;

  private ServerFolder(Path path) {
    this.path = path;
  }

  static ServerFolder create(String name) throws IOException {
    Path path = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ServerFolder(Unprivileged.own(path));
  }

  Path path() {
    return path;
  }

  /** A folder in this one that the server may write to. */
  Path folder(String name) throws IOException {
    return Unprivileged.own(Files.createDirectories(path.resolve(name)));
  }

  Path write(String name, byte[] content) throws IOException {
    Path file = path.resolve(name);
    Files.write(file, content);
    return Unprivileged.own(file);
  }

  /** Writes a text, with this folder's path in place of each {@code {folder}}. */
  Path write(String name, String text) throws IOException {
    return write(name, text.replace("{folder}", path.toString()).getBytes(UTF_8));
  }

  /** Writes a script that the server may run. */
  void script(String name, String text) throws IOException {
    Path file = write(name, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What the server has said in its logs. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
        all.append(file.getFileName()).append(":\n").append(Files.readString(file, UTF_8));
      }
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
