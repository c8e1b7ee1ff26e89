package dev.wireline.chaos;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpProxy;
import dev.wireline.net.Connector;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.Wire;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The servers of a run, and how they are reached. */
final class Servers implements AutoCloseable {
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts();
  private static final Duration SILENCE = Duration.ofMillis(250);

  private final List<PeerServer> started = new ArrayList<>();
  private final Map<Carrier, Endpoint> lines = new EnumMap<>(Carrier.class);
  private final Map<Carrier, Endpoint> web = new EnumMap<>(Carrier.class);
  private final Map<Carrier, Endpoint> words = new EnumMap<>(Carrier.class);
  private final Map<Carrier, Endpoint> terminals = new EnumMap<>(Carrier.class);
  private final Map<Carrier, Endpoint> files = new EnumMap<>(Carrier.class);
  private final Set<Endpoint> endpoints = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> fault = new AtomicReference<>("");
  private final DatagramServer datagrams;
  private final DatagramServer smallDatagrams;
  private final HttpPeer http = new HttpPeer(this::fault);
  private final ProxyPeer tunnels = new ProxyPeer(CERTIFICATE);
  private final Endpoint proxy;

  Servers() throws IOException {
    datagrams = DatagramServer.builder()
        .answers(DatagramPlay::answers)
        .dropEvery(5)
        .copies(2)
        .start();
    smallDatagrams = DatagramServer.builder()
        .answers(SmallDatagramPlay::answers)
        .dropEvery(5)
        .copies(2)
        .start();
    for (Carrier carrier : Carrier.values()) {
      lines.put(carrier, start(carrier, new LinePeer()));
      web.put(carrier, start(carrier, http));
      words.put(carrier, start(carrier, new DictPeer()));
      terminals.put(carrier, start(carrier, new TelnetPeer()));
    }
    files.put(Carrier.TCP, start(Carrier.TCP, new FtpPeer(null, this::know)));
    files.put(Carrier.TLS, start(Carrier.TLS, new FtpPeer(CERTIFICATE, this::know)));
    proxy = start(Carrier.TCP, tunnels);
    know(proxy);
    http.redirectingTo(web);
    lines.values().forEach(this::know);
    web.values().forEach(this::know);
    words.values().forEach(this::know);
    terminals.values().forEach(this::know);
    files.values().forEach(this::know);
    for (DatagramServer server : List.of(datagrams, smallDatagrams)) {
      endpoints.add(server.endpoint());
      endpoints.add(named(server.endpoint()));
    }
  }

  private void know(Endpoint endpoint) {
    endpoints.add(endpoint);
    endpoints.addAll(also(endpoint));
  }

  /** The first hop of a connector, and the name that a resolver leads to the address. */
  private static List<Endpoint> also(Endpoint endpoint) {
    return endpoint.isUnix()
        ? List.of()
        : List.of(endpoint.withTls(false), named(endpoint), named(endpoint).withTls(false));
  }

  private Endpoint start(Carrier carrier, Peer peer) throws IOException {
    PeerServer.Builder builder = PeerServer.builder();
    PeerServer server = switch (carrier) {
      case TCP -> builder.start(peer);
      case TLS -> builder.tls(CERTIFICATE).start(peer);
      case UNIX -> builder.unix().start(peer);
    };
    started.add(server);
    if (carrier != Carrier.UNIX) {
      tunnels.leadsTo(server.port(), carrier == Carrier.TLS, peer);
    }
    return server.endpoint();
  }

  private void fault(String what) {
    fault.compareAndSet("", what);
  }

  /** What a server saw that no client may do; empty when there was nothing. */
  String fault() {
    return Objects.requireNonNull(fault.get());
  }

  Set<Endpoint> endpoints() {
    return endpoints;
  }

  Endpoint datagrams(Stage stage) {
    return somehow(stage, datagrams.endpoint());
  }

  Endpoint smallDatagrams(Stage stage) {
    return somehow(stage, smallDatagrams.endpoint());
  }

  Endpoint lines(Carrier carrier) {
    return lines.getOrDefault(carrier, datagrams.endpoint());
  }

  Endpoint files(Carrier carrier) {
    return files.getOrDefault(carrier, datagrams.endpoint());
  }

  Endpoint words(Carrier carrier) {
    return words.getOrDefault(carrier, datagrams.endpoint());
  }

  Endpoint terminals(Carrier carrier) {
    return terminals.getOrDefault(carrier, datagrams.endpoint());
  }

  Endpoint web(Carrier carrier) {
    return web.getOrDefault(carrier, datagrams.endpoint());
  }

  private static Endpoint named(Endpoint endpoint) {
    return endpoint.isTls()
        ? Endpoint.tls("localhost", endpoint.port())
        : Endpoint.tcp("localhost", endpoint.port());
  }

  /** By its address, or by a name that the dialer's resolver knows. */
  Endpoint somehow(Stage stage, Endpoint endpoint) {
    return endpoint.isUnix() || stage.once(2) ? endpoint : named(endpoint);
  }

  /** As the other, sometimes through a proxy. */
  Dialer dialerThroughProxy(Stage stage) {
    Dialer direct = dialer(stage);
    return stage.once(3)
        ? direct.toBuilder()
            .connector(HttpProxy.of(proxy, Credentials.digest("joe", Stage.SECRET)))
            .build()
        : direct;
  }

  /** Impatient, and with a hook wherever a dial runs code of a user. */
  Dialer dialer(Stage stage) {
    Dialer.Builder dialer = Dialer.builder()
        .silenceTimeout(SILENCE)
        .connectTimeout(Duration.ofSeconds(5))
        .tlsTimeout(Duration.ofSeconds(5))
        .resolver(host -> {
          stage.hook().passIo();
          return List.of(InetAddress.getLoopbackAddress());
        })
        .tls(Tls.builder()
            .context(HookedTrust.context(CERTIFICATE, stage.hook()))
            .build());
    return stage.once(4) ? dialer.connector(new Through(stage.hook())).build() : dialer.build();
  }

  /** Leads names through their address, as a proxy that lets everything pass would. */
  private record Through(Hook hook) implements Connector {
    @Override
    public Endpoint proxy(Endpoint target) {
      hook.pass();
      return target.isUnix() || target.isAddress()
          ? target
          : Endpoint.tcp(InetAddress.getLoopbackAddress().getHostAddress(), target.port());
    }

    @Override
    public void open(Wire wire, Endpoint target, Deadline deadline) throws IOException {
      hook.passIo();
    }
  }

  @Override
  public void close() {
    started.forEach(PeerServer::close);
    datagrams.close();
    smallDatagrams.close();
  }
}
