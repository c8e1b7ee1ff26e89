package dev.wireline.cli;

import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What a person reads of a failure: one sentence, and no stack. */
final class Failures {
  private Failures() {}

  /** What is written after a conversation needs its folder before. */
  static void checkFolder(Path file) throws FileSystemException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileSystemException(file.toString(), null, "its folder is not there");
    }
  }

  /** Says it, unless nobody listens any more or the user has ended it; gives the exit code. */
  static int report(Throwable failure, PrintStream err) {
    int code = ExitCode.of(failure);
    if (code != ExitCode.CLOSED_PIPE && code != ExitCode.INTERRUPTED) {
      err.println("wireline: " + sentence(failure));
    }
    return code;
  }

  /** The exceptions of the file system say little more than a name. */
  static String sentence(Throwable failure) {
    if (failure instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    }
    if (failure instanceof BindException) {
      return "cannot listen there: " + failure.getMessage();
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String reason(FileSystemException failure) {
    if (failure.getReason() != null) {
      return failure.getReason();
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    return failure instanceof NotDirectoryException ? "not a folder" : "the file system failed";
  }
}
