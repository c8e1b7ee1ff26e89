package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.fetch.Fetched;
import dev.wireline.fetch.UrlOpener;
import dev.wireline.fetch.Urls;
import dev.wireline.header.Headers;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/fetch.md and docs/from-python/urllib.md. */
class FetchGuideTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path folder;

  @Test
  void opensAUrl() throws IOException {
    String url = "data:text/plain,hello";

    // docs: fetch-open
    try (Fetched page = Urls.open(url)) {
      System.out.println(
          page.type().orElse("unknown") + ", " + page.length().orElse(-1) + " bytes");
      System.out.println(page.text());
    }
    // end: fetch-open

    assertThat(printed.lines()).containsExactly("text/plain, 5 bytes", "hello");
  }

  @Test
  void hasSettings() throws IOException {
    Dialer dialer = Dialer.standard();
    Path file = Files.writeString(folder.resolve("a"), "hello");

    // docs: fetch-settings
    UrlOpener opener = Urls.builder()
        .dialer(dialer)
        .maxRedirects(3)
        .allowUserInfo()
        .allowFiles(folder)
        .build();
    // end: fetch-settings

    try (Fetched found = opener.open("file://" + file.toUri().getRawPath())) {
      assertThat(found.text()).isEqualTo("hello");
    }
  }

  private static Incoming content(String url) {
    Endpoint nowhere = Endpoint.tcp("localhost.invalid", 1);
    ByteArrayInputStream bytes = new ByteArrayInputStream(url.getBytes(UTF_8));
    return Incoming.of(bytes, nowhere, LineOptions.standard());
  }

  @Test
  void addsAScheme() throws IOException {
    // docs: fetch-scheme
    UrlOpener opener = Urls.builder()
        .scheme("hello", url -> Fetched.of(url, Headers.empty(), content(url), () -> {}))
        .build();
    // end: fetch-scheme

    try (Fetched found = opener.open("hello:you")) {
      assertThat(found.text()).isEqualTo("hello:you");
    }
  }

  @Test
  void copiesWhateverAUrlNames() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "hello\n");
    String url = "file://" + file.toUri().getRawPath();

    // docs: py-urllib-httpget5
    UrlOpener opener = Urls.builder().allowFiles(folder).build();
    try (Fetched document = opener.open(url)) {
      document.body().transferTo(System.out);
    }
    // end: py-urllib-httpget5

    assertThat(printed.lines()).containsExactly("hello");
  }
}
