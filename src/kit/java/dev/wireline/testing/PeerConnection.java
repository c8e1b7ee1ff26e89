package dev.wireline.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a test server to a client.
 *
 * <p>Not thread-safe; {@link #close()}, {@link #reset()} and {@link #closeWithoutNotify()} may be called from
 * any thread, and end any wait. Reads and writes wait for the client without a timeout; they throw when the
 * connection or the server is closed. Text is ISO-8859-1, one byte per character.
 */
public final class PeerConnection implements AutoCloseable {

  private final int number;
  private final ChannelLink channel;
  private final PeerInput input;
  private final PeerOutput output;
  private volatile Link link;

  PeerConnection(int number, ChannelLink channel) {
    this.number = number;
    this.channel = channel;
    this.input = new PeerInput(channel);
    this.output = new PeerOutput(channel);
    this.link = channel;
  }

  /**
   * The number of this connection on its server.
   *
   * @return 1 for the first that was accepted
   */
  public int number() {
    return number;
  }

  /**
   * Reads one byte.
   *
   * @return 0 to 255, or -1 when the client has hung up
   * @throws IOException if the connection broke or was closed on this side
   */
  public int read() throws IOException {
    return input.read();
  }

  /**
   * Reads a line that ends with CRLF or LF.
   *
   * @return the line without its end, or null if the client has hung up
   * @throws EOFException if the client hung up within a line
   * @throws IOException if the line is longer than 1 MiB, or the connection broke or was closed
   *     on this side
   */
  public @Nullable String readLine() throws IOException {
    return input.readLine();
  }

  /**
   * Reads a number of bytes.
   *
   * @param count how many, 0 or more
   * @return exactly that many bytes
   * @throws EOFException if the client hung up before
   * @throws IOException if the connection broke or was closed on this side
   */
  public byte[] read(int count) throws IOException {
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(
          "the client hung up after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  /**
   * Reads lines up to an empty one, as in the head of a request.
   *
   * @return the lines before the empty one, each without its end, or null if the client has hung up
   * @throws EOFException if the client hung up before the empty line
   * @throws IOException if a line, or all of them together, is longer than 1 MiB, or the connection broke or
   *     was closed on this side
   */
  public @Nullable List<String> readHead() throws IOException {
    List<String> lines = new ArrayList<>();
    int size = 0;
    for (String line = readLine(); line != null; line = readLine()) {
      if (line.isEmpty()) {
        return List.copyOf(lines);
      }
      size += line.length();
      if (size > PeerInput.MAX_LINE_BYTES) {
        throw new IOException("the client sent a head of more than " + size + " bytes");
      }
      lines.add(line);
    }
    if (lines.isEmpty()) {
      return null;
    }
    throw new EOFException("the client hung up after " + lines.size() + " lines of a head");
  }

  /**
   * Sends text, at once and in one write.
   *
   * @param text characters of ISO-8859-1; line ends are sent as they are
   * @throws IllegalArgumentException if a character is not in ISO-8859-1; nothing was sent
   * @throws IOException if the connection broke or was closed on this side
   */
  public void write(String text) throws IOException {
    write(Latin1.bytes(text));
  }

  /**
   * Sends bytes, at once and in one write.
   *
   * @param bytes what to send
   * @throws IOException if the connection broke or was closed on this side
   */
  public void write(byte[] bytes) throws IOException {
    output.write(bytes, 0, bytes.length);
  }

  /**
   * Sends text byte by byte, each byte in a separate write.
   *
   * @param text characters of ISO-8859-1; line ends are sent as they are
   * @throws IllegalArgumentException if a character is not in ISO-8859-1; nothing was sent
   * @throws IOException if the connection broke or was closed on this side
   */
  public void writeByteByByte(String text) throws IOException {
    writeByteByByte(Latin1.bytes(text));
  }

  /**
   * Sends bytes one by one, each in a separate write and over TLS in a separate record.
   *
   * @param bytes what to send
   * @throws IOException if the connection broke or was closed on this side
   */
  public void writeByteByByte(byte[] bytes) throws IOException {
    for (byte one : bytes) {
      output.write(one);
    }
  }

  /**
   * The input from the client, as a stream that shares its buffer with the read methods.
   *
   * @return a stream whose close does nothing
   */
  public InputStream input() {
    return input;
  }

  /**
   * The output to the client, as a stream that sends at once.
   *
   * @return a stream whose flush and close do nothing
   */
  public OutputStream output() {
    return output;
  }

  /**
   * Shuts the output down: over TLS a close_notify, then a FIN.
   *
   * @throws IOException if the connection broke or was closed on this side
   */
  public void shutdownOutput() throws IOException {
    link.shutdownOutput();
  }

  /**
   * Starts TLS, and waits for the handshake.
   *
   * <p>Bytes that were read ahead count as the start of the handshake.
   *
   * @param certificate the certificate of this server
   * @throws IllegalStateException if TLS was started before
   * @throws IOException if the handshake failed; the connection can then only be closed
   */
  public void startTls(TestCertificate certificate) throws IOException {
    startTls(new TlsSide(certificate, null));
  }

  void startTls(TlsSide side) throws IOException {
    if (link != channel) {
      throw new IllegalStateException("TLS was started before");
    }
    SSLEngine engine = side.newEngine();
    TlsLink tls = new TlsLink(channel, engine, input.takeBuffered());
    tls.handshake();
    link = tls;
    input.readFrom(tls);
    output.writeTo(tls);
  }

  /**
   * Reads and drops what the client still sends until it hangs up or resets.
   *
   * @param atMost how long to wait
   * @throws AssertionError if the client did neither in that time; the connection stays open
   * @throws IOException if the connection was closed on this side
   */
  public void awaitClosedByPeer(Duration atMost) throws IOException {
    channel.limitReads(atMost);
    try {
      while (input.read() >= 0) {
        input.takeBuffered();
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the client did not close the connection within " + atMost, e);
    } catch (IOException e) {
      if (channel.isClosed()) {
        throw e;
      }
    } finally {
      channel.unlimitReads();
    }
  }

  /**
   * Does nothing, and reads nothing, until this connection or the server is closed on this side.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public void hold() throws InterruptedException {
    channel.awaitClosed();
  }

  /** Does nothing for a time, or until this connection or the server is closed on this side. */
  void hold(Duration atMost) throws InterruptedException {
    channel.awaitClosed(atMost);
  }

  /**
   * Closes the connection with a TCP reset; a Unix-domain socket has none and is closed.
   *
   * @throws IOException if that failed
   */
  public void reset() throws IOException {
    channel.reset();
  }

  /**
   * Closes the connection below TLS, without a close_notify, as an attacker would.
   *
   * <p>Without TLS it is the same as {@link #close()}.
   *
   * @throws IOException if that failed
   */
  public void closeWithoutNotify() throws IOException {
    channel.close();
  }

  /**
   * Closes the connection, over TLS with a close_notify. Does nothing if called again.
   *
   * <p>TCP turns a close into a reset if the client has sent bytes that were not read.
   *
   * @throws IOException if the last bytes could not be sent; it is closed all the same
   */
  @Override
  public void close() throws IOException {
    if (!isClosed()) {
      link.close();
    }
  }

  /** Whether it was closed on this side. */
  boolean isClosed() {
    return channel.isClosed();
  }

  /** Closes the sending direction below TLS, without a close_notify. */
  void cutOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** Reads to a line feed, itself included; less at the end, and nothing behind it. */
  byte[] readRawLine() throws IOException {
    return input.readRawLine();
  }

  /** How many bytes were read ahead. */
  int buffered() {
    return input.available();
  }

  /** Makes reads fail with a SocketTimeoutException once this time has passed from now. */
  void limitReads(Duration atMost) {
    channel.limitReads(atMost);
  }

  /** Lets reads wait for ever again. */
  void unlimitReads() {
    channel.unlimitReads();
  }

  /** Waits until the connection is over in both directions, as a reset makes it. */
  boolean awaitOver(Duration atMost) throws IOException, InterruptedException {
    return channel.awaitOver(atMost);
  }

  /** Waits until the reading thread took all that had arrived. */
  boolean awaitDry(Duration atMost) {
    return channel.awaitDry(atMost);
  }
}
