package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.TlsException;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.error.WirelineException;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at a port. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at a port: its addresses and how long each takes to connect, TLS with the",
      "certificates and the days they have left, what it says first, and the status of HTTP."
    },
    footer = {
      "",
      "Examples:",
      "  wireline probe example.org",
      "  wireline probe mail.example:25 --starttls smtp",
      "  wireline probe example.org --min-days 14 || echo renew the certificate"
    })
final class Probe implements Callable<Integer> {
  private static final int HTTPS = 443;

  /** Where TLS begins with the first byte, by the list of IANA. */
  private static final Set<Integer> TLS_PORTS =
      Set.of(443, 465, 563, 636, 853, 990, 993, 995, 8443);

  private final Streams streams;
  private int code = ExitCode.DONE;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      description = "What to look at; port 443 unless set. tls://host:port says that it is TLS."
          + " A URL of HTTP will do.")
  String target = "";

  @Option(
      names = "--starttls",
      paramLabel = "PROTOCOL",
      description = "Turn to TLS as the protocol has it: ${COMPLETION-CANDIDATES}.")
  @Nullable
  StartTls startTls;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long to wait for what the server says first; 1 s unless set.")
  Duration wait = Duration.ofSeconds(1);

  @Option(
      names = "--min-days",
      paramLabel = "DAYS",
      description = "Fail with exit code 1 if a certificate has fewer days left.")
  int minDays;

  @Mixin
  Connecting connecting = new Connecting();

  Probe(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Endpoint peer = peer();
    if (!peer.isUnix()) {
      addresses(peer);
    }
    if (startTls != null || peer.isTls() || TLS_PORTS.contains(peer.port())) {
      secured(peer);
    } else {
      plain(peer);
    }
    return code;
  }

  /** A URL of the web says as much as an endpoint does. */
  private Endpoint peer() {
    String lower = target.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://")
        ? HttpUrl.parse(target).endpoint()
        : Endpoint.parse(target, HTTPS);
  }

  private void addresses(Endpoint peer) throws IOException {
    long begin = System.nanoTime();
    InetAddress[] found;
    try {
      found = InetAddress.getAllByName(peer.host());
    } catch (UnknownHostException e) {
      throw new UnresolvedHostException(peer, "the host name has no address", e);
    }
    String lookedUp = peer.isAddress() ? "" : ", looked up in " + since(begin);
    streams.line(peer.host() + ", port " + peer.port() + lookedUp);
    IOException last = null;
    int reached = 0;
    for (InetAddress address : found) {
      try {
        connect(address, peer.port());
        reached++;
      } catch (WirelineException e) {
        streams.line("  " + address.getHostAddress() + "  " + e.getMessage());
        last = e;
      }
    }
    if (reached == 0 && last != null) {
      throw last;
    }
  }

  private void connect(InetAddress address, int port) throws IOException {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    Endpoint place = Endpoint.tcp(scope < 0 ? text : text.substring(0, scope), port);
    long begin = System.nanoTime();
    try (Wire wire = connecting.direct().build().wire(place)) {
      wire.connect();
      streams.line("  " + text + "  connected in " + since(begin));
    }
  }

  private void secured(Endpoint peer) throws IOException {
    Endpoint first = startTls == null ? peer.withTls(true) : peer.withTls(false);
    Certificates certificates = new Certificates(streams);
    Dialer any = connecting.dialer().tls(Certificates.anyKey()).build();
    try (LineClient client = client(first, any)) {
      long begin = System.nanoTime();
      client.connect();
      if (startTls != null) {
        startTls.run(client);
      }
      int left = certificates.show(client.tlsSession().orElseThrow(), since(begin));
      if (left < minDays) {
        code = ExitCode.REFUSED;
      }
      trust(first);
      if (startTls == null && !banner(client)) {
        web(peer.withTls(true), any);
      }
    }
  }

  /** Whether others would trust it is asked on a connection of its own: this one trusts everybody, to see. */
  private void trust(Endpoint peer) throws IOException {
    try (LineClient client = client(peer, connecting.dialer().build())) {
      client.connect();
      if (startTls != null) {
        startTls.run(client);
      }
      streams.line("  trusted");
    } catch (TlsException e) {
      streams.line("  not trusted: " + e.getMessage());
      code = ExitCode.TLS;
    }
  }

  private static LineClient client(Endpoint peer, Dialer dialer) {
    return new LineClient(peer, LineOptions.builder().dialer(dialer).build());
  }

  private void plain(Endpoint peer) throws IOException {
    Dialer dialer = connecting.dialer().build();
    try (LineClient client = client(peer, dialer)) {
      if (banner(client)) {
        return;
      }
    }
    try {
      web(peer, dialer);
    } catch (WirelineException e) {
      streams.line("says nothing by itself, and speaks no HTTP: " + e.getMessage());
    }
  }

  /** Shows what the server says first; tells whether it did. */
  private boolean banner(LineClient client) throws IOException {
    if (client.endpoint().port() == HTTPS) {
      return false;
    }
    try {
      Optional<String> line = client.pollLine(wait);
      if (line.isPresent()) {
        streams.line("says \"" + Printable.of(line.get()) + "\"");
      }
      return line.isPresent();
    } catch (ConnectionClosedException e) {
      streams.line("hangs up without a word");
      return true;
    }
  }

  private void web(Endpoint peer, Dialer dialer) throws IOException {
    HttpOptions options = HttpOptions.builder().dialer(dialer).build();
    try (HttpClient http = new HttpClient(peer, options)) {
      long begin = System.nanoTime();
      HttpResponse answer = http.head("/");
      String server =
          answer.header("Server").map(name -> ", " + Printable.of(name)).orElse("");
      streams.line(answer.version() + " " + answer.status() + " " + Printable.of(answer.reason())
          + server + ", in " + since(begin));
    }
  }

  static String since(long begin) {
    return String.format(Locale.ROOT, "%.1f ms", (System.nanoTime() - begin) / 1e6);
  }
}
