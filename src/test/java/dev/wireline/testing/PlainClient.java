package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of the JDK's own sockets; reads over TCP end after ten seconds. */
final class PlainClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final AutoCloseable connection;
  private final InputStream input;
  private final OutputStream output;

  private PlainClient(AutoCloseable connection, InputStream input, OutputStream output) {
    this.connection = connection;
    this.input = input;
    this.output = output;
  }

  static PlainClient connect(Endpoint endpoint) throws IOException {
    if (endpoint.isUnix()) {
      SocketChannel channel =
          SocketChannel.open(UnixDomainSocketAddress.of(endpoint.path().orElseThrow()));
      return new PlainClient(
          channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }
    return over(tcp(endpoint));
  }

  /** Connects with TLS, and checks the host as HTTPS does. */
  static PlainClient connect(Endpoint endpoint, SSLContext context) throws IOException {
    return startTls(tcp(endpoint), endpoint.host(), endpoint.port(), context);
  }

  static PlainClient over(Socket socket) throws IOException {
    return new PlainClient(socket, socket.getInputStream(), socket.getOutputStream());
  }

  static Socket tcp(Endpoint endpoint) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), TIMEOUT_MILLIS);
    return socket;
  }

  static PlainClient startTls(Socket below, String host, int port, SSLContext context)
      throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(below, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return over(socket);
  }

  void send(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
    output.flush();
  }

  /** Sends a byte for each character. */
  void sendBytes(String octets) throws IOException {
    output.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    output.flush();
  }

  /** Reads a character for each byte. */
  String readBytes(int count) throws IOException {
    return new String(input.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /** Reads until the server closes or resets. */
  void awaitEnd() throws IOException {
    try {
      drain();
    } catch (SocketException e) {
      // A reset is an end too.
      return;
    }
  }

  int read() throws IOException {
    return input.read();
  }

  String read(int count) throws IOException {
    return new String(input.readNBytes(count), StandardCharsets.UTF_8);
  }

  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next >= 0; next = input.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  String readAll() throws IOException {
    return new String(input.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Counts the bytes up to the end without keeping them. */
  long drain() throws IOException {
    return input.transferTo(OutputStream.nullOutputStream());
  }

  void shutdownOutput() throws IOException {
    if (connection instanceof Socket socket) {
      socket.shutdownOutput();
    } else if (connection instanceof SocketChannel channel) {
      channel.shutdownOutput();
    }
  }

  void reset() throws IOException {
    if (connection instanceof Socket socket) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** How a server and its client are brought together. */
  enum Way {
    TCP,
    TLS,
    UNIX;

    static List<Way> all() {
      return List.of(values());
    }
  }
}
