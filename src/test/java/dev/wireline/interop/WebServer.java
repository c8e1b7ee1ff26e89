package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpAgent;
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
 * connection comes, and most say in {@code X-Method}, {@code X-Length}, {@code X-Cookie} and {@code
 * X-Authorization} what was asked.
 *
 * <p>What stands behind {@code /301}, {@code /302}, {@code /303}, {@code /307} or {@code /308} is where
 * that redirect leads; {@code /elsewhere} leads to the hasty port, {@code /secured} to the one with TLS,
 * {@code /unsecured} to the plain one, {@code /circle} to itself, and {@code /login} to the page with a
 * cookie.
 */
final class WebServer implements AutoCloseable {
  static final String PAGE = "The quick brown fox jumps over the lazy dog.\n".repeat(200);
  static final int LARGE_BYTES = 16 * 1024 * 1024;
  static final int EVENTS = 5000;

  /** The user whom {@code /basic/} and {@code /digest/} are for. */
  static final String USER = "member";

  /** The password of that user. */
  static final String PASSWORD = "sesame-7";

  /** What {@code /cookies/set} sets. */
  static final List<String> COOKIES = List.of(
      "all=1; Path=/; Max-Age=1000; SameSite=Lax",
      "folder=2",
      "other=3; Path=/other; HttpOnly",
      "gone=4; Path=/; Max-Age=0",
      "safe=5; Path=/; Secure",
      "strange=6; Path=/; Domain=example.org");

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
    for (String name : List.of("packed", "cookies", "basic", "digest")) {
      folder.folder("documents/" + name);
    }
    folder.folder("documents/stored");
    for (String page : List.of("page.txt", "limited.txt", "busy.txt", "cookies/set")) {
      folder.write("documents/" + page, PAGE);
    }
    folder.write("documents/basic/page.txt", PAGE);
    folder.write("documents/digest/page.txt", PAGE);
    folder.write("documents/packed/news.events", events());
    folder.write("members", USER + ":{SHA}" + Hashes.sha1(PASSWORD) + "\n");
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

  /** The content of {@code /packed/news.events}. */
  static String events() {
    StringBuilder text = new StringBuilder(": comment\nretry: 1500\n\n");
    for (int i = 0; i < EVENTS; i++) {
      text.append("id: ").append(i).append("\nevent: news\ndata: item ").append(i);
      text.append("\ndata: \u00e9\n\n");
    }
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

  /** An agent that trusts the port with TLS. */
  HttpAgent.Builder agent() {
    return HttpAgent.builder().options(options().build());
  }

  /** Options of that trust. */
  HttpOptions.Builder options() {
    Tls tls = Tls.builder().trust(certificate()).build();
    return HttpOptions.builder().dialer(Dialer.builder().tls(tls).build());
  }

  /** The URL of a document at the plain port. */
  String url(String path) {
    return "http://" + ports.plain().authority() + path;
  }

  /** The URL of a document at the port with TLS, by the address of the plain one. */
  String secureUrl(String path) {
    return "https://" + ports.secure().authority() + path;
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
