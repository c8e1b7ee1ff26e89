package dev.wireline.build.wrong.cli;

import dev.wireline.build.wrong.fetch.Links;
import dev.wireline.build.wrong.line.Chat;
import dev.wireline.build.wrong.testing.Server;
import java.io.IOException;

/** Right: a program shows everything that users see. */
final class Walk {
  private Walk() {}

  static void main() throws IOException {
    new Chat().open(new Server().open());
    new Links().all();
    new Thread(System::nanoTime).start();
  }
}
