package dev.wireline.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Starts the Apache HTTP server as a {@link WebServer}. */
final class Apache {
  private static final List<String> MODULES = List.of(
      "mpm_event",
      "authn_core",
      "authz_core",
      "alias",
      "cgi",
      "dav",
      "dav_fs",
      "deflate",
      "filter",
      "headers",
      "mime",
      "ssl");

  private static final String CONFIG = """
      ServerName localhost
      ServerRoot "{folder}"
      DefaultRuntimeDir "{folder}"
      PidFile "{folder}/apache.pid"
      ErrorLog "{folder}/error.log"
      StartServers 1
      ServerLimit 2
      ThreadsPerChild 16
      MaxRequestWorkers 32
      TypesConfig /dev/null
      AddType text/plain .txt
      DocumentRoot "{folder}/documents"
      DavLockDB "{folder}/locks"
      Header always set X-Port "expr=%{REMOTE_PORT}"
      KeepAliveTimeout 60
      MaxKeepAliveRequests 0
      Listen {plain}
      Listen {secure}
      Listen {hasty}
      Listen {stingy}
      ScriptAlias /chunked "{folder}/chunked.sh"
      ScriptAlias /items "{folder}/items.sh"
      ScriptAlias /small "{folder}/items.sh"
      ScriptAlias /echo "{folder}/echo.sh"
      <Directory "{folder}/documents">
        Require all granted
      </Directory>
      <Location "/packed/">
        SetOutputFilter DEFLATE
      </Location>
      <Location "/small">
        LimitRequestBody 1000
      </Location>
      <Location "/stored/">
        Dav On
      </Location>
      <VirtualHost {secure}>
        SSLEngine on
        SSLCertificateFile "{folder}/certificate.pem"
        SSLCertificateKeyFile "{folder}/key.pem"
      </VirtualHost>
      <VirtualHost {hasty}>
        KeepAliveTimeout 1
      </VirtualHost>
      <VirtualHost {stingy}>
        MaxKeepAliveRequests 3
      </VirtualHost>
      """;

  private Apache() {}

  static WebServer start() throws IOException {
    ServerFolder folder = ServerFolder.create("apache");
    WebServer.Ports ports = WebServer.Ports.free();
    PemCertificate certificate = PemCertificate.in(folder);
    WebServer.writeDocuments(folder);
    writeScripts(folder);
    Path config = folder.write("apache.conf", modules() + ports.fillIn(CONFIG));
    RealServer server =
        RealServer.start(folder, ports.all(), "apache2", "-DFOREGROUND", "-f", config.toString());
    return new WebServer(server, ports, certificate);
  }

  private static String modules() {
    return MODULES.stream()
        .map(
            name -> "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n")
        .collect(Collectors.joining());
  }

  /**
   * None says how long its answer is, so that each is sent in chunks. Each reads its input to the end
   * before it says a word, because the server reads no word until it has passed all on.
   */
  private static void writeScripts(ServerFolder folder) throws IOException {
    folder.folder("unused");
    folder.script("chunked.sh", """
        #!/bin/sh
        printf 'Content-Type: text/plain\\n\\n%s\\n' "$REQUEST_METHOD"
        cat "{folder}/documents/page.txt"
        """);
    folder.script("items.sh", """
        #!/bin/sh
        cat >/dev/null
        printf 'Status: 201 Created\\nContent-Type: text/plain\\n\\nmade\\n'
        """);
    folder.script("echo.sh", """
        #!/bin/sh
        cat >"{folder}/unused/$$"
        printf 'Content-Type: text/plain\\n\\n'
        cat "{folder}/unused/$$"
        """);
  }
}
