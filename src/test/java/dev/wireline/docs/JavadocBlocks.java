package dev.wireline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples in the Javadoc comment with which a source begins. */
final class JavadocBlocks {
  private static final String START = "<pre>{@code";
  private static final String END = "}</pre>";

  private JavadocBlocks() {}

  /** The text of each block, without the stars and common indentation. */
  static List<String> of(Path source) throws IOException {
    List<String> blocks = new ArrayList<>();
    List<String> open = null;
    for (String line : Files.readAllLines(source)) {
      String text = line.replaceFirst("^ \\*( |$)", "");
      if (text.equals("/")) {
        break;
      }
      if (text.equals(END) && open != null) {
        blocks.add(String.join("\n", open).stripIndent().strip());
        open = null;
      } else if (open != null) {
        open.add(text);
      } else if (text.equals(START)) {
        open = new ArrayList<>();
      }
    }
    return blocks;
  }
}
