package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Starts vsftpd: anonymous users may read and write in {@code home/files}, and over TLS a data connection must
 * resume the session of its control connection.
 */
final class Vsftpd {
  private static final String CONFIG = """
      listen=YES
      listen_address=127.0.0.1
      listen_port={port}
      run_as_launching_user=YES
      background=NO
      anonymous_enable=YES
      no_anon_password=YES
      ftp_username=nobody
      anon_root={folder}/home
      secure_chroot_dir={folder}/empty
      seccomp_sandbox=NO
      one_process_model=YES
      connect_from_port_20=NO
      write_enable=YES
      anon_upload_enable=YES
      anon_mkdir_write_enable=YES
      mdtm_write=YES
      ascii_download_enable=YES
      ascii_upload_enable=YES
      anon_other_write_enable=YES
      anon_umask=022
      anon_world_readable_only=NO
      ssl_enable=YES
      allow_anon_ssl=YES
      rsa_cert_file={folder}/certificate.pem
      rsa_private_key_file={folder}/key.pem
      require_ssl_reuse=YES
      ssl_ciphers=HIGH
      ssl_tlsv1=YES
      force_anon_logins_ssl=NO
      force_anon_data_ssl=NO
      xferlog_enable=NO
      """;

  private Vsftpd() {}

  static FtpServer start() throws IOException {
    return FreePorts.retry(Vsftpd::startOnce);
  }

  private static FtpServer startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("vsftpd");
    List<Endpoint> ports = FreePorts.take(1);
    PemCertificate certificate = PemCertificate.in(folder);
    folder.folder("home/files");
    folder.folder("empty");
    // It refuses a root that its users may write to.
    readOnly(folder.path().resolve("home"));
    readOnly(folder.path().resolve("empty"));
    String port = Integer.toString(ports.get(0).port());
    Path config = folder.write("vsftpd.conf", CONFIG.replace("{port}", port));
    RealServer server = RealServer.start(folder, ports, "vsftpd", config.toString());
    return new FtpServer(server, certificate);
  }

  private static void readOnly(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
  }
}
