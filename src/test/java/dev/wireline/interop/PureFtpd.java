package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts Pure-FTPd: the user {@code joe} with the password {@code sesame} may read and write in {@code home/files}.
 * Debian's becomes the user of each session, so that it has to be root.
 */
final class PureFtpd {
  private static final String TLS_WHERE_ASKED = "1";

  private PureFtpd() {}

  static FtpServer start() throws IOException {
    return FreePorts.retry(PureFtpd::startOnce);
  }

  private static FtpServer startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("pure-ftpd");
    List<Endpoint> ports = FreePorts.take(1);
    PemCertificate certificate = PemCertificate.in(folder);
    UnpackedServer program = UnpackedServer.in(folder, "pure-ftpd");
    folder.folder("home/files");
    Path users = folder.write(
        "passwd",
        "joe:" + Proftpd.HASH + ":" + Proftpd.NOBODY + ":" + Proftpd.NOBODY
            + "::{folder}/home/files::::::::::::\n");
    String database = folder.path().resolve("users.pdb").toString();
    program.tool("usr/bin/pure-pw", "mkdb", database, "-f", users.toString());
    RealServer server = program.startPrivileged(
        ports,
        "usr/sbin/pure-ftpd",
        "--bind=127.0.0.1," + ports.get(0).port(),
        "--login=puredb:" + database,
        "--noanonymous",
        "--dontresolve",
        "--allowdotfiles",
        "--tls=" + TLS_WHERE_ASKED,
        "--certfile=" + folder.path().resolve("certificate.pem") + ","
            + folder.path().resolve("key.pem"),
        "--pidfile=" + folder.path().resolve("pid"));
    return new FtpServer(server, certificate);
  }
}
