package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts dovecot: IMAP for {@code joe}, whose password is {@code open sesame}, with STARTTLS and over TLS. */
final class Dovecot {
  static final String USER = "joe";
  static final String PASSWORD = "open sesame";

  private static final String CONFIG = """
      base_dir = {folder}/base
      state_dir = {folder}/state
      log_path = {folder}/dovecot.log
      listen = 127.0.0.1
      protocols = imap
      ssl = yes
      ssl_cert = <{folder}/certificate.pem
      ssl_key = <{folder}/key.pem
      disable_plaintext_auth = yes
      auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
      default_internal_user = nobody
      default_internal_group = nogroup
      default_login_user = nobody
      mail_location = maildir:{folder}/mail/%u
      mail_uid = nobody
      mail_gid = nogroup
      first_valid_uid = 1
      mailbox_list_index = no
      passdb {
        driver = passwd-file
        args = scheme=PLAIN username_format=%u {folder}/passwd
      }
      userdb {
        driver = static
        args = uid=nobody gid=nogroup home={folder}/mail/%u
      }
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

  private Dovecot() {}

  /** A server, where it listens, and the certificate that it shows. */
  record Running(RealServer server, List<Endpoint> ports, PemCertificate certificate)
      implements AutoCloseable {
    Endpoint imap() {
      return ports.get(0);
    }

    Endpoint imaps() {
      return Endpoint.tls("127.0.0.1", ports.get(1).port());
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  static Running start() throws IOException {
    return FreePorts.retry(Dovecot::startOnce);
  }

  private static Running startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("dovecot");
    List<Endpoint> ports = FreePorts.take(2);
    PemCertificate certificate = PemCertificate.in(folder);
    folder.folder("base");
    folder.folder("state");
    folder.folder("mail");
    folder.write("passwd", USER + ":{PLAIN}" + PASSWORD + "::::::\n");
    String config = CONFIG
        .replace("{imap}", Integer.toString(ports.get(0).port()))
        .replace("{imaps}", Integer.toString(ports.get(1).port()));
    Path file = folder.write("dovecot.conf", config);
    RealServer server = RealServer.start(folder, ports, "dovecot", "-F", "-c", file.toString());
    return new Running(server, ports, certificate);
  }
}
