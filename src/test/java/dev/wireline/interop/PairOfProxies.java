package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.util.List;

/** Two processes of a proxy that cannot serve on two ports by different rules. */
final class PairOfProxies implements ProxyServer {
  private final Endpoint open;
  private final Endpoint closed;
  private final RealServer first;
  private final RealServer second;

  private PairOfProxies(List<Endpoint> ports, RealServer first, RealServer second) {
    this.open = ports.get(0);
    this.closed = ports.get(1);
    this.first = first;
    this.second = second;
  }

  /** Starts one process. */
  private interface Starter {
    RealServer start(Endpoint at, boolean closed) throws IOException;
  }

  static ProxyServer tinyproxy() throws IOException {
    return FreePorts.retry(() -> start(PairOfProxies::tinyproxy));
  }

  static ProxyServer microsocks() throws IOException {
    return FreePorts.retry(() -> start(PairOfProxies::microsocks));
  }

  private static ProxyServer start(Starter starter) throws IOException {
    List<Endpoint> ports = FreePorts.take(2);
    RealServer first = starter.start(ports.get(0), false);
    try {
      return new PairOfProxies(ports, first, starter.start(ports.get(1), true));
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  private static RealServer tinyproxy(Endpoint at, boolean closed) throws IOException {
    ServerFolder folder = ServerFolder.create("tinyproxy");
    String config = """
        Listen 127.0.0.1
        Port {port}
        Timeout 30
        MaxClients 20
        Allow 127.0.0.1
        LogFile "{folder}/tinyproxy.log"
        PidFile "{folder}/tinyproxy.pid"
        """;
    config = config.replace("{port}", "" + at.port())
        + (closed ? "BasicAuth " + USER + " " + PASSWORD + "\n" : "");
    String file = folder.write("tinyproxy.conf", config).toString();
    return RealServer.start(folder, List.of(at), "tinyproxy", "-d", "-c", file);
  }

  private static RealServer microsocks(Endpoint at, boolean closed) throws IOException {
    ServerFolder folder = ServerFolder.create("microsocks");
    String port = "" + at.port();
    List<Endpoint> listening = List.of(at);
    return closed
        ? RealServer.start(
            folder,
            listening,
            "microsocks",
            "-i",
            at.host(),
            "-p",
            port,
            "-u",
            USER,
            "-P",
            PASSWORD)
        : RealServer.start(folder, listening, "microsocks", "-i", at.host(), "-p", port);
  }

  @Override
  public Endpoint open() {
    return open;
  }

  @Override
  public Endpoint closed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    try {
      first.close();
    } finally {
      second.close();
    }
  }
}
