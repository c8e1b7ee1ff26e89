package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Starts ProFTPD: the user {@code joe} with the password {@code sesame} may read and write in {@code home/files}. At
 * its first port a data connection over TLS must resume the session of its control connection, as is its default; at
 * the second it need not.
 */
final class Proftpd {
  /** "sesame", by crypt. */
  static final String HASH = "$1$abcdefgh$5XhrJpGu.bBXAZh4lT8oY/";

  static final int NOBODY = 65534;
  private static final String CONFIG = """
      ModulePath {folder}/root/usr/lib/proftpd
      LoadModule mod_tls.c
      ServerName "strict"
      ServerType standalone
      DefaultServer on
      Port {port}
      DefaultAddress 127.0.0.1
      SocketBindTight on
      UseIPv6 off
      User nobody
      Group nogroup
      PidFile {folder}/run/pid
      ScoreboardFile {folder}/run/score
      DelayEngine off
      SystemLog {folder}/system.log
      TransferLog none
      WtmpLog off
      AuthPAM off
      AuthOrder mod_auth_file.c
      UseReverseDNS off
      MaxInstances 30
      TimesGMT on
      TLSLog {folder}/tls.log
      <Global>
      AuthUserFile {folder}/passwd
      AuthGroupFile {folder}/group
      RequireValidShell off
      AllowOverwrite on
      AllowStoreRestart on
      AllowRetrieveRestart on
      TLSEngine on
      TLSProtocol TLSv1.2 TLSv1.3
      TLSECCertificateFile {folder}/certificate.pem
      TLSECCertificateKeyFile {folder}/key.pem
      TLSVerifyClient off
      TLSRequired off
      </Global>
      <VirtualHost 127.0.0.1>
      ServerName "lenient"
      Port {lenient}
      TLSOptions NoSessionReuseRequired
      </VirtualHost>
      """;

  private Proftpd() {}

  static FtpServer start() throws IOException {
    return FreePorts.retry(Proftpd::startOnce);
  }

  private static FtpServer startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("proftpd");
    List<Endpoint> ports = FreePorts.take(2);
    PemCertificate certificate = PemCertificate.in(folder);
    UnpackedServer program = UnpackedServer.in(folder, "proftpd");
    folder.folder("run");
    folder.folder("home/files");
    secret(folder.write("key.pem", Files.readAllBytes(folder.path().resolve("key.pem"))));
    secret(folder.write(
        "passwd", "joe:" + HASH + ":" + NOBODY + ":" + NOBODY + ":joe:{folder}/home:/bin/sh\n"));
    folder.write("group", "nogroup:x:" + NOBODY + ":\n");
    String config = CONFIG
        .replace("{port}", Integer.toString(ports.get(0).port()))
        .replace("{lenient}", Integer.toString(ports.get(1).port()));
    Path file = folder.write("proftpd.conf", config);
    RealServer server = program.start(ports, "usr/sbin/proftpd", "-n", "-c", file.toString());
    return new FtpServer(server, certificate);
  }

  /** It refuses secrets that others may read. */
  private static void secret(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
