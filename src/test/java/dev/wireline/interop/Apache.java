package dev.wireline.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Starts the Apache HTTP server as a {@link WebServer}. */
final class Apache {
  private static final List<String> MODULES = List.of(
      "mpm_event",
      "alias",
      "auth_basic",
      "auth_digest",
      "authn_core",
      "authn_file",
      "authz_core",
      "authz_user",
      "cgi",
      "dav",
      "dav_fs",
      "deflate",
      "filter",
      "headers",
      "mime",
      "ssl");

  private static final String REALM = "members of digest";

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
      AddType text/event-stream .events
      DocumentRoot "{folder}/documents"
      DavLockDB "{folder}/locks"
      Header always set X-Port "expr=%{REMOTE_PORT}"
      Header always set X-Method "expr=%{REQUEST_METHOD}"
      Header always set X-Length "expr=%{HTTP:Content-Length}"
      Header always set X-Cookie "expr=%{HTTP:Cookie}"
      Header always set X-Authorization "expr=%{HTTP:Authorization}"
      DeflateAlterETag NoChange
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
      ScriptAlias /digest/echo "{folder}/echo.sh"
      RedirectMatch 301 ^/301(/.*)$ $1
      RedirectMatch 302 ^/302(/.*)$ $1
      RedirectMatch 303 ^/303(/.*)$ $1
      RedirectMatch 307 ^/307(/.*)$ $1
      RedirectMatch 308 ^/308(/.*)$ $1
      RedirectMatch 307 ^/elsewhere(/.*)$ http://{hasty}$1
      RedirectMatch 307 ^/secured(/.*)$ https://{secure}$1
      RedirectMatch 307 ^/unsecured(/.*)$ http://{plain}$1
      RedirectMatch 302 ^/circle$ /circle
      RedirectMatch 302 ^/login$ /page.txt
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
      <Location "/basic/">
        AuthType Basic
        AuthName members
        AuthUserFile "{folder}/members"
        Require valid-user
      </Location>
      <Location "/digest/">
        AuthType Digest
        AuthName "members of digest"
        AuthUserFile "{folder}/digests"
        Require valid-user
      </Location>
      <Location "/login">
        Header always set Set-Cookie "session=7; Path=/"
      </Location>
      <Location "/cookies/set">
        {cookies}
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
    return FreePorts.retry(Apache::startOnce);
  }

  private static WebServer startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("apache");
    WebServer.Ports ports = WebServer.Ports.free();
    PemCertificate certificate = PemCertificate.in(folder);
    WebServer.writeDocuments(folder);
    writeScripts(folder);
    String proved = Hashes.md5(WebServer.USER + ":" + REALM + ":" + WebServer.PASSWORD);
    folder.write("digests", WebServer.USER + ":" + REALM + ":" + proved + "\n");
    String cookies = WebServer.COOKIES.stream()
        .map(cookie -> "Header always add Set-Cookie \"" + cookie + "\"")
        .collect(Collectors.joining("\n"));
    Path config =
        folder.write("apache.conf", modules() + ports.fillIn(CONFIG).replace("{cookies}", cookies));
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
