package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Starts INN, which takes articles from other servers and, after MODE READER, serves readers. The user {@code joe} with
 * the password {@code sesame} may read and post in {@code misc.test}, and so may anybody. Debian's has to be the user
 * {@code news}, and its package cannot be installed on a host without a domain: it runs from where it is unpacked.
 */
final class Inn implements AutoCloseable {
  private static final String NEWS = "news";

  private static final String CONFIG = """
      mta: "/bin/true"
      organization: "test"
      ovmethod: tradindexed
      hismethod: hisv6
      pathhost: news.test
      domain: news.test
      pathnews: {folder}/root/usr/lib/news
      pathbin: {folder}/root/usr/lib/news/bin
      pathfilter: {folder}/etc/filter
      pathcontrol: {folder}/root/usr/lib/news/bin/control
      pathdb: {folder}/db
      pathetc: {folder}/etc
      pathrun: {folder}/run
      pathlog: {folder}/log
      pathhttp: {folder}/log
      pathtmp: {folder}/tmp
      pathspool: {folder}/spool
      patharchive: {folder}/archive
      patharticles: {folder}/spool/articles
      pathincoming: {folder}/spool/incoming
      pathoutgoing: {folder}/spool/outgoing
      pathoverview: {folder}/spool/overview
      mailcmd: /bin/true
      runasuser: news
      runasgroup: news
      bindaddress: 127.0.0.1
      bindaddress6: "::1"
      sourceaddress: any
      maxartsize: 60000000
      localmaxartsize: 60000000
      docancels: none
      tlscertfile: {folder}/certificate.pem
      tlskeyfile: {folder}/key.pem
      nnrpdcheckart: false
      allownewnews: true
      nnrpdloadlimit: 0
      rlimitnofile: 256
      """;

  private static final String ACTIVE = """
      control 0000000000 0000000001 n
      control.cancel 0000000000 0000000001 n
      junk 0000000000 0000000001 n
      misc.test 0000000000 0000000001 y
      misc.empty 0000000000 0000000001 y
      """;

  private static final String READERS = """
      auth "all" {
        hosts: "*"
        auth: "ckpasswd -f {folder}/etc/passwd"
        default: "<anon>"
      }
      access "all" {
        users: "*"
        newsgroups: "*"
        access: RPAN
      }
      """;

  private final RealServer server;
  private final PemCertificate certificate;

  private Inn(RealServer server, PemCertificate certificate) {
    this.server = server;
    this.certificate = certificate;
  }

  static Inn start() throws IOException {
    return FreePorts.retry(Inn::startOnce);
  }

  private static Inn startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("inn");
    List<Endpoint> ports = FreePorts.take(1);
    PemCertificate certificate = PemCertificate.in(folder);
    UnpackedServer program = UnpackedServer.in(folder, "inn2");
    write(folder);
    program.runAs(NEWS, folder.path().resolve("etc/inn.conf"));
    program.tool("usr/lib/news/bin/makedbz", "-i", "-o");
    RealServer server = program.start(
        ports,
        "usr/lib/news/bin/innd",
        "-f",
        "-d",
        "-4",
        "127.0.0.1",
        "-P",
        Integer.toString(ports.get(0).port()));
    return new Inn(server, certificate);
  }

  private static void write(ServerFolder folder) throws IOException {
    for (String each : List.of("etc/filter", "db", "run", "log", "tmp", "archive", "spool")) {
      folder.folder(each);
    }
    for (String each : List.of("articles", "incoming", "outgoing", "overview")) {
      folder.folder("spool/" + each);
    }
    folder.write("etc/inn.conf", CONFIG);
    folder.write("etc/newsfeeds", "ME:*!/!local::\n");
    folder.write("etc/incoming.conf", "peer me {\n  hostname: \"127.0.0.1\"\n}\n");
    folder.write("etc/readers.conf", READERS);
    folder.write("etc/storage.conf", "method tradspool {\n  class: 0\n  newsgroups: *\n}\n");
    folder.write("etc/passwd", "joe:" + Proftpd.HASH + "\n");
    folder.write("db/active", ACTIVE);
    folder.write("db/newsgroups", "misc.test\tFor tests\n");
    folder.write("db/active.times", "misc.test 930445408 <creatme@isc.org>\n");
    folder.write("db/history", "");
    Path key = folder.path().resolve("key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  /** Where it serves, with STARTTLS for readers. */
  Endpoint endpoint() {
    return server.endpoint();
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
