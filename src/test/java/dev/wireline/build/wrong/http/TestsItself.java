package dev.wireline.build.wrong.http;

import dev.wireline.build.wrong.fetch.Links;
import dev.wireline.build.wrong.testing.Server;

/** Wrong: it uses what stands below it. */
final class TestsItself {
  private TestsItself() {}

  static Object[] below() {
    return new Object[] {new Server(), new Links()};
  }
}
