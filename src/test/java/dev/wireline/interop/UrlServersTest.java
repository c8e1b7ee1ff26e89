package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.fetch.Fetched;
import dev.wireline.fetch.NotFoundException;
import dev.wireline.fetch.UrlOpener;
import dev.wireline.fetch.Urls;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One opener with nginx, vsftpd and Gophernicus. */
@Tag("interop")
@Timeout(60)
class UrlServersTest {
  private static UrlOpener trusting(X509Certificate certificate) {
    Tls tls = Tls.builder().trust(certificate).build();
    return Urls.builder().dialer(Dialer.builder().tls(tls).build()).build();
  }

  @Test
  void opensWhatNginxHas() throws IOException {
    try (WebServer server = Nginx.start()) {
      UrlOpener opener = trusting(server.certificate());

      try (Fetched page = opener.open(server.url("/secured/page.txt"))) {
        assertThat(page.url()).startsWith("https://");
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
      }
      try (Fetched large = Urls.open(server.url("/large.bin"))) {
        assertThat(large.length()).hasValue(WebServer.LARGE_BYTES);
        assertThat(large.time()).isPresent();
        assertThat(large.body().read()).isNotNegative();
      }
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(() -> Urls.open(server.url("/none")));
    }
  }

  @Test
  void opensWhatVsftpdHas() throws IOException {
    try (FtpServer server = Vsftpd.start()) {
      Path files = server.folder().resolve("home/files");
      Files.writeString(files.resolve("a b"), "one\ntwo\n");
      Files.createDirectory(files.resolve("sub"));
      String folder = "ftp://" + server.endpoint().authority() + "/%2F" + files;
      UrlOpener opener = trusting(server.certificate().certificate());

      try (Fetched file = opener.open(folder + "/a%20b")) {
        assertThat(file.length()).hasValue(8);
        assertThat(file.time()).isPresent();
        assertThat(file.text()).isEqualTo("one\ntwo\n");
      }
      try (Fetched text = opener.open(folder + "/a%20b;type=a")) {
        assertThat(text.lines()).containsExactly("one", "two");
      }
      try (Fetched names = opener.open(folder + "/")) {
        assertThat(names.lines()).containsExactlyInAnyOrder("a b", "sub/");
      }
      for (String none : new String[] {"/none", "/none/", "/sub;type=i"}) {
        assertThatExceptionOfType(NotFoundException.class)
            .isThrownBy(() -> opener.open(folder + none));
      }
    }
  }

  @Test
  void opensWhatGophernicusHas() throws IOException {
    ServerFolder folder = ServerFolder.create("gopher");
    folder.write("gophermap", "Welcome\n0Poem\t/poem.txt\n");
    folder.write("poem.txt", "one\n.two\n");
    try (RealServer server = FreePorts.retry(() -> Gophernicus.start(folder))) {
      Endpoint place = server.endpoint();

      try (Fetched menu = Urls.open("gopher://" + place.authority())) {
        assertThat(menu.text()).contains("0Poem\t/poem.txt\tlocalhost\t" + place.port() + "\r\n");
      }
      try (Fetched poem = Urls.open("gopher://" + place.authority() + "/0/poem.txt")) {
        assertThat(poem.lines()).startsWith("one", ".two");
      }
    }
  }
}
