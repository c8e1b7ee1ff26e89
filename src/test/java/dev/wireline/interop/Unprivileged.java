package dev.wireline.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The user whom servers run as: the one of this JVM, or {@code nobody} where that is root, since most
 * servers refuse to be root or become somebody of their own choice.
 */
final class Unprivileged {
  private static final boolean ROOT = System.getProperty("user.name").equals("root");
  private static final String NOBODY = "nobody";
  private static final String NO_GROUP = "nogroup";

  private Unprivileged() {}

  /** The command that runs another one as that user, in the same process. */
  static List<String> command(List<String> command) {
    if (!ROOT) {
      return command;
    }
    List<String> all = new ArrayList<>(
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NO_GROUP, "--clear-groups", "--"));
    all.addAll(command);
    return all;
  }

  /** Its name, for a configuration. */
  static String user() {
    return ROOT ? NOBODY : System.getProperty("user.name");
  }

  /** The name of its group. */
  static String group(Path owned) throws IOException {
    return ROOT
        ? NO_GROUP
        : Files.readAttributes(owned, PosixFileAttributes.class).group().getName();
  }

  /** Makes that user the owner. */
  static Path own(Path file) throws IOException {
    if (ROOT) {
      Files.setOwner(
          file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
    }
    return file;
  }
}
