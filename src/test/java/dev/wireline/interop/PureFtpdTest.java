package dev.wireline.interop;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** FTP with Pure-FTPd. */
@Tag("interop")
@Timeout(120)
class PureFtpdTest extends FtpServerCases {
  @Override
  FtpServer start() throws IOException {
    return PureFtpd.start();
  }

  /** Over TLS it now and then goes back to its commands without a word about a data connection that was cut. */
  @Override
  List<Over> waysToStop() {
    return List.of(Over.PLAIN);
  }

  /** It does not write a quote twice where a path stands in quotes. */
  @Override
  String folder() {
    return "a folder";
  }
}
