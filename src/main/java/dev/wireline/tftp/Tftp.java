package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * TFTP (RFC 1350): files over UDP, without a login, as switches, telephones and machines that start over the
 * network have them.
 *
 * <p>Files go as they are, in mode {@code octet}. The mode {@code netascii}, which changes line ends and so the
 * file, is not there. Larger blocks and a window are asked for (RFC 2347, 2348, 7440), and a server that knows
 * neither gets the plain protocol. What a stranger sends is answered with error 5 and changes nothing.
 *
 * <p>Nothing is encrypted, and the server knows nobody. Thread-safe.
 */
public final class Tftp {
  /** The port that is asked; the server answers from another one. */
  public static final int PORT = 69;

  /** The longest name of a file, in bytes: 400, so that a request fits 512. */
  public static final int MAX_NAME_BYTES = 400;

  /** The most packets that bring nothing on, besides a window, before the transfer goes on or ends: 1000. */
  static final int MAX_USELESS_PACKETS = 1000;

  private Tftp() {}

  /**
   * Reads a file.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param file its name, as the server has it
   * @return its bytes
   * @throws IllegalArgumentException if the endpoint or the name is none; nothing was sent
   * @throws IOException as {@link #read(Endpoint, String, TftpOptions)}
   */
  public static byte[] read(String endpoint, String file) throws IOException {
    return read(place(endpoint), file, TftpOptions.standard());
  }

  /**
   * Reads a file.
   *
   * @param endpoint where
   * @param file its name, as the server has it
   * @param options the bounds
   * @return its bytes
   * @throws IllegalArgumentException as {@link #open}
   * @throws IOException as {@link #open}, at any moment of the transfer
   */
  public static byte[] read(Endpoint endpoint, String file, TftpOptions options)
      throws IOException {
    try (Incoming in = open(endpoint, file, options)) {
      return in.bytes();
    }
  }

  /**
   * Begins to read a file. Returns when its first block has come or the server has agreed.
   *
   * @param endpoint where
   * @param file its name, as the server has it
   * @param options the bounds; the timeout is that of the whole transfer, your own time counted
   * @return its bytes as a stream; close it, which tells the server if there is more. A pause of the reader in
   *     which the server gives up is a failure
   * @throws IllegalArgumentException if the name is empty, too long or holds NUL, CR or LF, or the endpoint has
   *     TLS or is a Unix-domain socket; nothing was sent
   * @throws TftpException if the server says no
   * @throws dev.wireline.error.DeadlineExceededException if no answer came to any try
   * @throws dev.wireline.error.LimitExceededException if the file is larger than the bound
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
   * @param file its name, as the server has it
   * @param content its bytes
   * @throws IllegalArgumentException if the endpoint or the name is none; nothing was sent
   * @throws IOException as {@link #write(Endpoint, String, Content, TftpOptions)}
   */
  public static void write(String endpoint, String file, Content content) throws IOException {
    write(place(endpoint), file, content, TftpOptions.standard());
  }

  /**
   * Writes a file, and returns when the server has all of it.
   *
   * @param endpoint where
   * @param file its name, as the server has it; many servers take only one that is there
   * @param content its bytes; a source that fails ends the transfer, and the server is told
   * @param options the bounds; the largest file does not count
   * @throws IllegalArgumentException as {@link #open}
   * @throws TftpException if the server says no
   * @throws dev.wireline.error.DeadlineExceededException if no answer came to any try
   * @throws IOException as {@link #open}, or what the source threw
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
