package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Starts Dovecot: POP3 and IMAP, each in the clear with TLS on demand and with TLS from the first byte, and LMTP, which
 * brings mail to whoever is a user. Any user of {@link #USERS} may log in with {@link #PASSWORD}, by every mechanism
 * that it is told to offer, and has a mailbox that is empty at the start.
 */
final class Dovecot implements AutoCloseable {
  /** Who has a mailbox. A test of its own mail takes a user of its own. */
  static final List<String> USERS = List.of("joe", "ann", "bob", "eve", "max", "zoe");

  /** The password of all of them. */
  static final String PASSWORD = "open sesame";

  private static final String CONFIG = """
      base_dir = {folder}/base
      state_dir = {folder}/state
      log_path = {folder}/dovecot.log
      listen = 127.0.0.1
      protocols = imap pop3 lmtp
      ssl = yes
      ssl_cert = <{folder}/certificate.pem
      ssl_key = <{folder}/key.pem
      auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 apop
      auth_failure_delay = 0
      auth_username_format = %n
      default_internal_user = {user}
      default_internal_group = {group}
      default_login_user = {user}
      mail_location = maildir:{folder}/mail/%u
      mail_uid = {user}
      mail_gid = {group}
      first_valid_uid = 1
      maildir_copy_with_hardlinks = no
      mail_fsync = never
      mail_max_userip_connections = 100
      pop3_uidl_format = %g
      passdb {
        driver = passwd-file
        args = scheme=PLAIN username_format=%u {folder}/passwd
      }
      userdb {
        driver = static
        args = uid={user} gid={group} home={folder}/mail/%u
      }
      mailbox_list_index = no
      namespace inbox {
        inbox = yes
        separator = /
        mailbox Sent {
          auto = create
          special_use = \\Sent
        }
      }
      service imap-login {
        inet_listener imap {
          port = {imap}
        }
        inet_listener imaps {
          port = {imaps}
        }
        chroot =
      }
      service pop3-login {
        inet_listener pop3 {
          port = {pop3}
        }
        inet_listener pop3s {
          port = {pop3s}
        }
        chroot =
      }
      service lmtp {
        inet_listener lmtp {
          port = {lmtp}
        }
        chroot =
      }
      service anvil {
        chroot =
      }
      service stats {
        chroot =
      }
      service imap-urlauth-login {
        chroot =
      }
      """;

  private final RealServer server;
  private final PemCertificate certificate;
  private final List<Endpoint> ports;

  private Dovecot(RealServer server, PemCertificate certificate, List<Endpoint> ports) {
    this.server = server;
    this.certificate = certificate;
    this.ports = ports;
  }

  static Dovecot start() throws IOException {
    return FreePorts.retry(Dovecot::startOnce);
  }

  private static Dovecot startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("dovecot");
    List<Endpoint> ports = FreePorts.take(5);
    PemCertificate certificate = PemCertificate.in(folder);
    String group = Unprivileged.group(folder.folder("mail"));
    folder.write("passwd", passwords());
    String config = CONFIG
        .replace("{user}", Unprivileged.user())
        .replace("{group}", group)
        .replace("{pop3}", port(ports, 0))
        .replace("{pop3s}", port(ports, 1))
        .replace("{imap}", port(ports, 2))
        .replace("{imaps}", port(ports, 3))
        .replace("{lmtp}", port(ports, 4));
    Path file = folder.write("dovecot.conf", config);
    RealServer server = RealServer.start(folder, ports, "dovecot", "-F", "-c", file.toString());
    return new Dovecot(server, certificate, ports);
  }

  private static String port(List<Endpoint> ports, int index) {
    return Integer.toString(ports.get(index).port());
  }

  private static String passwords() {
    StringBuilder all = new StringBuilder();
    for (String user : USERS) {
      all.append(user).append(":{PLAIN}").append(PASSWORD).append("::::::\n");
    }
    return all.toString();
  }

  /** POP3, with STLS. */
  Endpoint pop3() {
    return ports.get(0);
  }

  /** POP3 over TLS. */
  Endpoint pop3s() {
    return ports.get(1).withTls(true);
  }

  /** IMAP, with STARTTLS. */
  Endpoint imap() {
    return ports.get(2);
  }

  /** IMAP over TLS. */
  Endpoint imaps() {
    return ports.get(3).withTls(true);
  }

  /** LMTP, with STARTTLS. */
  Endpoint lmtp() {
    return ports.get(4);
  }

  /** What a client has to trust. */
  X509Certificate certificate() {
    return certificate.certificate();
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
