package dev.wireline.interop;

import java.io.IOException;
import java.nio.file.Path;

/** Starts nginx as a {@link WebServer}, which listens at {@code nginx.sock} too. */
final class Nginx {
  private static final String CONFIG = """
      daemon off;
      master_process off;
      pid {folder}/nginx.pid;
      error_log {folder}/error.log;
      events { worker_connections 200; }
      http {
        access_log off;
        default_type text/plain;
        client_body_temp_path {folder}/uploads;
        proxy_temp_path {folder}/unused;
        fastcgi_temp_path {folder}/unused;
        uwsgi_temp_path {folder}/unused;
        scgi_temp_path {folder}/unused;
        client_max_body_size 32m;
        root {folder}/documents;
        add_header X-Port "$remote_port" always;
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;

        server {
          listen {plain};
          listen {secure} ssl;
          listen unix:{folder}/nginx.sock;
          location /packed/ { gzip on; gzip_types text/plain; gzip_min_length 1; }
          location = /chunked { ssi on; ssi_types text/plain; }
          location = /items { return 201 "made\\n"; }
          location = /small { client_max_body_size 1000; return 201 "made\\n"; }
          location /stored/ { dav_methods PUT DELETE; }
        }
        server {
          listen {hasty};
          keepalive_timeout 1s;
          location = /items { return 201 "made\\n"; }
        }
        server {
          listen {stingy};
          keepalive_requests 3;
        }
      }
      """;

  private Nginx() {}

  static WebServer start() throws IOException {
    ServerFolder folder = ServerFolder.create("nginx");
    WebServer.Ports ports = WebServer.Ports.free();
    PemCertificate certificate = PemCertificate.in(folder);
    WebServer.writeDocuments(folder);
    folder.folder("uploads");
    folder.write("documents/chunked", "<!--# echo var=\"request_method\" -->\n" + WebServer.PAGE);
    Path config = folder.write("nginx.conf", ports.fillIn(CONFIG));
    RealServer server =
        RealServer.start(folder, ports.all(), "nginx", "-e", "stderr", "-c", config.toString());
    return new WebServer(server, ports, certificate);
  }
}
