package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * TFTP (RFC 1350): files over UDP without a login, as used by switches, telephones and machines that boot over
 * the network.
 *
 * <p>Files are sent unchanged, in mode {@code octet}. The mode {@code netascii}, which changes line ends and so
 * the file, is not supported. Larger blocks and a window are requested (RFC 2347, 2348, 7440); with a server
 * that knows neither, the plain protocol is used. What a stranger sends is answered with error 5 and has no
 * effect.
 *
 * <p>Nothing is encrypted or authenticated. Thread-safe.
 */
public final class Tftp {
  /** The port for requests; the server answers from another one. */
  public static final int PORT = 69;

  /** The longest name of a file, in bytes: 400, so that a request fits 512. */
  public static final int MAX_NAME_BYTES = 400;

  /** The most packets without progress, in addition to a window, before the transfer fails: 1000. */
  static final int MAX_USELESS_PACKETS = 1000;

  private Tftp() {}

  /**
   * Reads a file.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param file its name on the server
   * @return its bytes
   * @throws IllegalArgumentException if the endpoint or the name is not valid; nothing was sent
   * @throws IOException as {@link #read(Endpoint, String, TftpOptions)}
   */
  public static byte[] read(String endpoint, String file) throws IOException {
    return read(place(endpoint), file, TftpOptions.standard());
  }

  /**
   * Reads a file.
   *
   * @param endpoint the server
   * @param file its name on the server
   * @param options the timeout and the limits
   * @return its bytes
   * @throws IllegalArgumentException as {@link #open}
   * @throws IOException as {@link #open}, at any point of the transfer
   */
  public static byte[] read(Endpoint endpoint, String file, TftpOptions options)
      throws IOException {
    try (Incoming in = open(endpoint, file, options)) {
      return in.bytes();
    }
  }

  /**
   * Opens a file for reading. Returns when its first block has come or the server has agreed.
   *
   * @param endpoint the server
   * @param file its name on the server
   * @param options the limits; the timeout covers the whole transfer, including your own time
   * @return its bytes as a stream, which the caller closes; closing it early tells the server. If the reader
   *     pauses until the server gives up, reading fails
   * @throws IllegalArgumentException if the name is empty, too long or contains NUL, CR or LF, or the endpoint
   *     has TLS or is a Unix-domain socket; nothing was sent
   * @throws TftpException if the server refuses
   * @throws dev.wireline.error.DeadlineExceededException if no attempt got an answer
   * @throws dev.wireline.error.LimitExceededException if the file is larger than the limit
   * @throws dev.wireline.error.PeerProtocolException if what comes is not TFTP
   * @throws IOException as {@link dev.wireline.net.DatagramDialogue#receive}
   */
  public static Incoming open(Endpoint endpoint, String file, TftpOptions options)
      throws IOException {
    Objects.requireNonNull(endpoint, "endpoint");
    String name = checked(file);
    Objects.requireNonNull(options, "options");
    LineOptions lines = LineOptions.builder()
        .maxReadBytes(options.maxBytes())
        .transferTimeout(options.datagrams().callTimeout())
        .build();
    return Incoming.of(FileReader.open(endpoint, name, options), endpoint, lines);
  }

  /**
   * Writes a file.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param file its name on the server
   * @param content its bytes
   * @throws IllegalArgumentException if the endpoint or the name is not valid; nothing was sent
   * @throws IOException as {@link #write(Endpoint, String, Content, TftpOptions)}
   */
  public static void write(String endpoint, String file, Content content) throws IOException {
    write(place(endpoint), file, content, TftpOptions.standard());
  }

  /**
   * Writes a file; returns when the server has all of it.
   *
   * @param endpoint the server
   * @param file its name on the server; many servers accept only an existing one
   * @param content its bytes; if the source fails, the transfer ends and the server is told
   * @param options the timeout and the block settings; the size limit does not apply
   * @throws IllegalArgumentException as {@link #open}
   * @throws TftpException if the server refuses
   * @throws dev.wireline.error.DeadlineExceededException if no attempt got an answer
   * @throws IOException as {@link #open}, or whatever the source threw
   */
  public static void write(Endpoint endpoint, String file, Content content, TftpOptions options)
      throws IOException {
    Objects.requireNonNull(endpoint, "endpoint");
    String name = checked(file);
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(options, "options");
    FileWriter.write(endpoint, name, content, options);
  }

  private static Endpoint place(String endpoint) {
    return Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PORT);
  }

  private static String checked(String file) {
    Objects.requireNonNull(file, "file");
    boolean one = file.chars().noneMatch(c -> c == 0 || c == '\r' || c == '\n');
    int size = file.getBytes(StandardCharsets.UTF_8).length;
    if (!one || size == 0 || size > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "a file has a name of 1 to " + MAX_NAME_BYTES + " bytes without NUL, CR and LF");
    }
    return file;
  }
}
