package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts Exim: SMTP with all that it can do, with TLS on demand and from the first byte, and a third port that offers
 * nothing. It brings mail for {@code mail.test} to an LMTP server at once; there {@code nobody} is refused, {@code busy}
 * put off, and what comes for an address that is not ASCII is thrown away.
 */
final class Exim implements AutoCloseable {
  static final String USER = "joe";
  static final String PASSWORD = "open sesame";

  /** The longest message that it takes. */
  static final int MAX_BYTES = 1 << 20;

  private static final String CONFIG = """
      exim_user = {user}
      exim_group = {group}
      deliver_drop_privilege
      primary_hostname = mail.test
      spool_directory = {folder}/spool
      log_file_path = {folder}/%s.log
      pid_file_path = {folder}/exim.pid
      keep_environment =
      timezone = UTC
      host_lookup =
      rfc1413_query_timeout = 0s
      tls_certificate = {folder}/certificate.pem
      tls_privatekey = {folder}/key.pem
      tls_on_connect_ports = {smtps}
      tls_advertise_hosts = {rich}
      pipelining_advertise_hosts = {rich}
      chunking_advertise_hosts = {rich}
      smtputf8_advertise_hosts = {rich}
      dsn_advertise_hosts = {rich}
      accept_8bitmime = true
      message_size_limit = {max}
      smtp_accept_max = 50
      smtp_accept_queue_per_connection = 0
      acl_smtp_rcpt = check_rcpt
      acl_smtp_data = accept
      acl_smtp_vrfy = accept
      acl_smtp_mail = check_mail
      acl_smtp_auth = accept
      domainlist local_domains = mail.test
      begin acl
      check_mail:
        defer message = 421 4.3.2 closed for today
             senders = closed@mail.test
        drop message = 5.7.1 go away
             senders = evil@mail.test
        accept
      check_rcpt:
        deny message = 5.1.1 no such user here
             local_parts = nobody
        defer message = 4.2.1 mailbox busy\\nsecond line of why
             local_parts = busy
        deny message = relay not permitted
             !domains = +local_domains
             !authenticated = *
        accept
      begin routers
      abroad:
        driver = redirect
        condition = ${if match{$local_part}{\\N[^\\x00-\\x7f]\\N}}
        data = :blackhole:
        allow_fail
      relayed:
        driver = redirect
        domains = ! +local_domains
        data = :blackhole:
      local:
        driver = accept
        domains = +local_domains
        transport = lmtp
      begin transports
      lmtp:
        driver = smtp
        protocol = lmtp
        hosts = 127.0.0.1
        hosts_override
        allow_localhost
        hosts_avoid_tls = *
        port = {lmtp}
      begin authenticators
      plain_server:
        driver = plaintext
        public_name = PLAIN
        server_prompts = :
        server_condition = ${if and{{eq{$auth2}{joe}}{eq{$auth3}{open sesame}}}}
        server_set_id = $auth2
      login_server:
        driver = plaintext
        public_name = LOGIN
        server_prompts = Username:: : Password::
        server_condition = ${if and{{eq{$auth1}{joe}}{eq{$auth2}{open sesame}}}}
        server_set_id = $auth1
      cram_server:
        driver = cram_md5
        public_name = CRAM-MD5
        server_secret = ${if eq{$auth1}{joe}{open sesame}fail}
        server_set_id = $auth1
      """;

  private final RealServer server;
  private final PemCertificate certificate;
  private final List<Endpoint> ports;

  private Exim(RealServer server, PemCertificate certificate, List<Endpoint> ports) {
    this.server = server;
    this.certificate = certificate;
    this.ports = ports;
  }

  /** Starts it and has it bring its mail to an LMTP server. */
  static Exim start(Endpoint lmtp) throws IOException {
    return FreePorts.retry(() -> startOnce(lmtp));
  }

  private static Exim startOnce(Endpoint lmtp) throws IOException {
    ServerFolder folder = ServerFolder.create("exim");
    List<Endpoint> ports = FreePorts.take(3);
    PemCertificate certificate = PemCertificate.in(folder);
    String bare = port(ports, 2);
    String config = CONFIG
        .replace("{rich}", "${if eq{$received_port}{" + bare + "}{}{*}}")
        .replace("{user}", Unprivileged.user())
        .replace("{group}", Unprivileged.group(folder.folder("spool")))
        .replace("{smtps}", port(ports, 1))
        .replace("{lmtp}", Integer.toString(lmtp.port()))
        .replace("{max}", Integer.toString(MAX_BYTES));
    Path file = folder.write("exim.conf", config);
    String listening =
        "127.0.0.1." + port(ports, 0) + " : 127.0.0.1." + port(ports, 1) + " : 127.0.0.1." + bare;
    RealServer server =
        RealServer.start(folder, ports, "exim4", "-C", file.toString(), "-bdf", "-oX", listening);
    return new Exim(server, certificate, ports);
  }

  private static String port(List<Endpoint> ports, int index) {
    return Integer.toString(ports.get(index).port());
  }

  /** SMTP, with STARTTLS and all else. */
  Endpoint smtp() {
    return ports.get(0);
  }

  /** SMTP over TLS. */
  Endpoint smtps() {
    return ports.get(1).withTls(true);
  }

  /** SMTP that offers neither STARTTLS nor PIPELINING, CHUNKING, SMTPUTF8 and DSN. */
  Endpoint bare() {
    return ports.get(2);
  }

  /** Options with trust in its certificate. */
  LineOptions options() {
    return certificate.trusting();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
