package dev.wireline.interop;

import java.io.IOException;

/** Starts Gophernicus for a folder, once for each connection. */
final class Gophernicus {
  private Gophernicus() {}

  static RealServer start(ServerFolder folder) throws IOException {
    return Inetd.start(
        folder,
        "/usr/sbin/gophernicus",
        "-h",
        "localhost",
        "-p",
        "{port}",
        "-r",
        "{folder}",
        "-nu",
        "-nx",
        "-nf");
  }
}
