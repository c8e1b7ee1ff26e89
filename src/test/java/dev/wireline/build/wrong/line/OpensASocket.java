package dev.wireline.build.wrong.line;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/** Wrong: sockets and channels belong to net. */
final class OpensASocket {
  private OpensASocket() {}

  static void open() throws IOException {
    new Socket().close();
    SocketChannel.open().close();
  }
}
