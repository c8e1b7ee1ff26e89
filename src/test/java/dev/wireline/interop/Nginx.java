package dev.wireline.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

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
        add_header X-Method "$request_method" always;
        add_header X-Length "$http_content_length" always;
        add_header X-Cookie "$http_cookie" always;
        add_header X-Proxy "$http_proxy_authorization" always;
        add_header X-Authorization "$http_authorization" always;
        types { text/event-stream events; }
        limit_req_zone $server_addr zone=later:64k rate=2r/s;
        limit_req_zone $server_addr zone=busy:64k rate=20r/s;
        map $status $later { 429 1; }
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;

        server {
          listen {plain};
          listen {secure} ssl;
          listen unix:{folder}/nginx.sock;
          location /packed/ {
            gzip on;
            gzip_vary on;
            gzip_types text/plain text/event-stream;
            gzip_min_length 1;
          }
          location /prepacked/ { gzip_static on; gzip_vary on; }
          location = /chunked { ssi on; ssi_types text/plain; }
          location = /items { return 201 "made\\n"; }
          location = /small { client_max_body_size 1000; return 201 "made\\n"; }
          location /stored/ { dav_methods PUT DELETE; }
          location /basic/ { auth_basic "members"; auth_basic_user_file {folder}/members; }
          location = /limited.txt {
            limit_req zone=later;
            limit_req_status 429;
            add_header Retry-After $later always;
          }
          location = /busy.txt { limit_req zone=busy; }
          location ~ ^/301(/.*)$ { return 301 $1; }
          location ~ ^/302(/.*)$ { return 302 $1; }
          location ~ ^/303(/.*)$ { return 303 $1; }
          location ~ ^/307(/.*)$ { return 307 $1; }
          location ~ ^/308(/.*)$ { return 308 $1; }
          location ~ ^/elsewhere(/.*)$ { return 307 http://{hasty}$1; }
          location ~ ^/secured(/.*)$ { return 307 https://{secure}$1; }
          location ~ ^/unsecured(/.*)$ { return 307 http://{plain}$1; }
          location = /brief.txt { keepalive_timeout 2ms; return 200 "ok\n"; }
          location = /circle { return 302 /circle; }
          location = /cookies/set { {cookies} }
          location = /login { add_header Set-Cookie "session=7; Path=/"; return 302 /page.txt; }
        }
        server {
          listen {hasty};
          keepalive_timeout 1s;
          location = /items { return 201 "made\\n"; }
          location /stored/ { dav_methods PUT DELETE; }
        }
        server {
          listen {stingy};
          keepalive_requests 3;
          location = /items { return 201 "made\\n"; }
        }
      }
      """;

  private Nginx() {}

  static WebServer start() throws IOException {
    return FreePorts.retry(Nginx::startOnce);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static WebServer startOnce() throws IOException {
    ServerFolder folder = ServerFolder.create("nginx");
    WebServer.Ports ports = WebServer.Ports.free();
    PemCertificate certificate = PemCertificate.in(folder);
    WebServer.writeDocuments(folder);
    folder.folder("uploads");
    folder.write("documents/chunked", "<!--# echo var=\"request_method\" -->\n" + WebServer.PAGE);
    folder.folder("documents/prepacked");
    folder.write("documents/prepacked/page.txt", WebServer.PAGE);
    folder.write("documents/prepacked/page.txt.gz", packed(WebServer.PAGE));
    String cookies = WebServer.COOKIES.stream()
        .map(cookie -> "add_header Set-Cookie \"" + cookie + "\";")
        .collect(Collectors.joining(" "));
    Path config = folder.write("nginx.conf", ports.fillIn(CONFIG).replace("{cookies}", cookies));
    RealServer server =
        RealServer.start(folder, ports.all(), "nginx", "-e", "stderr", "-c", config.toString());
    return new WebServer(server, ports, certificate);
  }
}
