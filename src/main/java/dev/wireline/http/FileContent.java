package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file, as they are when it is sent. */
final class FileContent implements Content {
  private final Path file;

  FileContent(Path file) {
    this.file = file;
  }

  /** Only a regular file has a length that says how many bytes will come. */
  @Override
  public long length() throws IOException {
    long size = Files.size(file);
    return Files.isRegularFile(file) ? size : UNKNOWN;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public String toString() {
    return "a file";
  }
}
