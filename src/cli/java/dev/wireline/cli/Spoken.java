package dev.wireline.cli;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.line.LineClient;
import dev.wireline.testing.ScriptTape;
import dev.wireline.testing.ScriptedClient;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection whose conversation is taken down. A connection that breaks off is one that ends. */
final class Spoken implements ScriptedClient.Connection {
  private final LineClient client;
  private final ScriptTape tape;
  private final byte[] one = new byte[1];

  Spoken(LineClient client, ScriptTape tape) {
    this.client = client;
    this.tape = tape;
  }

  @Override
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
          count = client.input().read(bytes, offset, length);
        } catch (ConnectionClosedException e) {
          count = -1;
        }
        if (count < 0) {
          tape.serverEnded();
        } else {
          tape.serverSaid(bytes, offset, count);
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream output() throws IOException {
    return new FilterOutputStream(client.output()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        tape.clientSaid(bytes, offset, length);
        out.write(bytes, offset, length);
      }
    };
  }

  @Override
  public void startTls() throws IOException {
    client.startTls();
  }

  @Override
  public void close() {
    client.close();
  }
}
