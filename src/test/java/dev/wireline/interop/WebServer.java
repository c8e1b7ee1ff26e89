package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;

/**
 * A web server with the same documents whatever its make, on four ports of the loopback interface.
 *
 * <p>{@code /page.txt} is a page, {@code /large.bin} has 16 MiB, {@code /packed/numbers.txt} is
 * compressed on the fly for who accepts gzip, {@code /chunked} has no known length, {@code /items} takes
 * a POST and answers 201, {@code /small} takes no more than 1,000 bytes, and what is put under {@code
 * /stored/} can be got there. Each response says in {@code X-Port} from which port of the client its
 * connection comes.
 */
final class WebServer implements AutoCloseable {
  static final String PAGE = "The quick brown fox jumps over the lazy dog.\n".repeat(200);
  static final int LARGE_BYTES = 16 * 1024 * 1024;

  private final RealServer server;
  private final Ports ports;
  private final PemCertificate certificate;

  WebServer(RealServer server, Ports ports, PemCertificate certificate) {
    this.server = server;
    this.ports = ports;
    this.certificate = certificate;
  }

  /**
   * Where it listens.
   *
   * @param plain serves without TLS
   * @param secure serves with TLS
   * @param hasty closes a connection that is idle for a second
   * @param stingy closes a connection after its third request
   */
  record Ports(Endpoint plain, Endpoint secure, Endpoint hasty, Endpoint stingy) {
    static Ports free() throws IOException {
      List<Endpoint> four = FreePorts.take(4);
      return new Ports(four.get(0), four.get(1), four.get(2), four.get(3));
    }

    List<Endpoint> all() {
      return List.of(plain, secure, hasty, stingy);
    }

    String fillIn(String config) {
      return config
          .replace("{plain}", plain.authority())
          .replace("{secure}", secure.authority())
          .replace("{hasty}", hasty.authority())
          .replace("{stingy}", stingy.authority());
    }
  }

  /** Writes the documents into the folder {@code documents}. */
  static void writeDocuments(ServerFolder folder) throws IOException {
    folder.folder("documents/packed");
    folder.folder("documents/stored");
    folder.write("documents/page.txt", PAGE);
    folder.write("documents/packed/numbers.txt", numbers());
    folder.write("documents/large.bin", large());
  }

  /** The content of {@code /large.bin}, which has no pattern that hides a byte too many. */
  static byte[] large() {
    byte[] content = new byte[LARGE_BYTES];
    new Random(16).nextBytes(content);
    return content;
  }

  /** The content of {@code /packed/numbers.txt}, which stays large when it is compressed. */
  static String numbers() {
    StringBuilder text = new StringBuilder();
    new Random(8).ints(100_000).forEach(number -> text.append(number).append('\n'));
    return text.toString();
  }

  Ports ports() {
    return ports;
  }

  /** A socket in the server's folder. */
  Endpoint unix(String name) {
    return Endpoint.unix(server.folder().resolve(name));
  }

  /** A client of the port with TLS, by a name of the certificate. */
  HttpClient secureClient(HttpOptions.Builder options) {
    Tls tls = Tls.builder().trust(certificate()).build();
    Dialer dialer = Dialer.builder().tls(tls).build();
    return new HttpClient(secureEndpoint(), options.dialer(dialer).build());
  }

  Endpoint secureEndpoint() {
    return Endpoint.tls("localhost", ports.secure().port());
  }

  /** What a client has to trust. */
  X509Certificate certificate() {
    return certificate.certificate();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
