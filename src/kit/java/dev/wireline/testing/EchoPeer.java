package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** Sends back what it gets. */
final class EchoPeer implements Peer {

  private final byte[] prefix;

  EchoPeer(byte[] prefix) {
    this.prefix = prefix;
  }

  @Override
  public void talk(PeerConnection connection) throws IOException {
    try {
      if (prefix.length == 0) {
        echoBytes(connection);
      } else {
        echoLines(connection);
      }
    } catch (ProtocolException e) {
      throw e;
    } catch (IOException e) {
      // The client hung up in its own way.
      return;
    }
  }

  private static void echoBytes(PeerConnection connection) throws IOException {
    InputStream input = connection.input();
    byte[] buffer = new byte[8192];
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      connection.output().write(buffer, 0, count);
    }
  }

  private void echoLines(PeerConnection connection) throws IOException {
    for (byte[] line = connection.readRawLine(); line.length > 0; line = connection.readRawLine()) {
      ByteArrayOutputStream echo = new ByteArrayOutputStream();
      echo.writeBytes(prefix);
      echo.writeBytes(line);
      connection.write(echo.toByteArray());
    }
  }
}
