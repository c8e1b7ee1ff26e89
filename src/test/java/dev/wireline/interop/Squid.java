package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Squid with two ports of the loopback interface: one for everybody, one for its member. */
final class Squid implements ProxyServer {
  /** The password as crypt(3) stores it. */
  private static final String PASSWORD_CRYPTED = "$1$ab$3Egwt7w6ovrptfKM.OekH0";

  /** How often a nonce may be used. */
  static final int NONCE_USES = 20;

  private static final String CONFIG = """
      http_port {open} name=open
      http_port {closed} name=closed
      visible_hostname localhost
      pid_filename none
      access_log none
      cache_log {folder}/cache.log
      coredump_dir {folder}
      cache deny all
      pinger_enable off
      shutdown_lifetime 0 seconds
      dns_nameservers 127.0.0.1
      dns_timeout 200 milliseconds
      dns_retransmit_interval 50 milliseconds
      auth_param digest program /usr/lib/squid/digest_file_auth -c {folder}/digests
      auth_param digest children 1
      auth_param digest realm the proxy
      auth_param digest nonce_max_count {uses}
      auth_param basic program /usr/lib/squid/basic_ncsa_auth {folder}/members
      auth_param basic children 1
      auth_param basic realm the proxy
      acl open_port myportname open
      acl forbidden dstdomain forbidden.test
      acl members proxy_auth REQUIRED
      http_access deny forbidden
      http_access allow open_port
      http_access allow members
      http_access deny all
      """;

  private final RealServer server;
  private final Endpoint open;
  private final Endpoint closed;

  private Squid(RealServer server, Endpoint open, Endpoint closed) {
    this.server = server;
    this.open = open;
    this.closed = closed;
  }

  static Squid start() throws IOException {
    return FreePorts.retry(Squid::startOnce);
  }

  private static Squid startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("squid");
    List<Endpoint> ports = FreePorts.take(2);
    folder.write("members", USER + ":" + PASSWORD_CRYPTED + "\n");
    String proved = Hashes.md5(USER + ":the proxy:" + PASSWORD);
    folder.write("digests", USER + ":the proxy:" + proved + "\n");
    Path config = folder.write(
        "squid.conf",
        CONFIG
            .replace("{uses}", "" + NONCE_USES)
            .replace("{open}", ports.get(0).authority())
            .replace("{closed}", ports.get(1).authority()));
    RealServer server = RealServer.start(folder, ports, "squid", "-N", "-f", config.toString());
    return new Squid(server, ports.get(0), ports.get(1));
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
    server.close();
  }
}
