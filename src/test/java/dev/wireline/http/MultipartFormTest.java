package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.header.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of parts (RFC 7578), as they go out. */
class MultipartFormTest {
  private static final String TYPE = "multipart/form-data; boundary=";

  @TempDir
  private Path folder;

  @Test
  void putsEachPartBehindItsBoundary() throws Exception {
    Path file = Files.writeString(folder.resolve("größe \"1\".txt"), "in the file");
    MultipartForm form = MultipartForm.empty()
        .part("title", "Häfen\r\nund mehr")
        .part("data", Body.of("{}", "application/json"))
        .file("file", file, "text/plain")
        .file("none", "", Body.of("", "application/octet-stream"));

    Body body = form.body();

    assertThat(body.contentType()).startsWith(TYPE);
    String boundary = body.contentType().substring(TYPE.length());
    assertThat(sent(body))
        .isEqualTo(String.join(
            "\r\n",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"title\"",
            "",
            "Häfen\r\nund mehr",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"data\"",
            "Content-Type: application/json",
            "",
            "{}",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"file\"; filename=\"größe %221%22.txt\"",
            "Content-Type: text/plain",
            "",
            "in the file",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"none\"; filename=\"\"",
            "Content-Type: application/octet-stream",
            "",
            "",
            "--" + boundary + "--",
            ""));
    assertThat(body.length()).isEqualTo(sent(body).getBytes(UTF_8).length);
    assertThat(body.isRepeatable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "name,                              'a\"b',   a%22b,       a%22b",
    "CR and LF,                         'a\rb\nc', a%0D%0Ab%0D%0Ac, a%0Db%0Ac",
    "CRLF,                              'a\r\nb', a%0D%0Ab,    a%0D%0Ab",
    "what looks encoded stays as it is, a%22\\,   a%22\\,      a%22\\",
  })
  void quotesNames(String what, String name, String inName, String inFileName) throws Exception {
    Body body = MultipartForm.empty().file(name, name, Body.of("", "a/b")).body();

    assertThat(sent(body))
        .as(what)
        .contains("form-data; name=\"" + inName + "\"; filename=\"" + inFileName + "\"\r\n");
  }

  @Test
  void makesABoundaryForEachBody() {
    MultipartForm form = MultipartForm.empty().part("a", "b");

    assertThat(form.body().contentType()).isNotEqualTo(form.body().contentType());
    assertThat(form.body().contentType()).matches(TYPE + "[A-Za-z0-9_-]{24}");
  }

  @Test
  void staysAsItIsWhenPartsAreAdded() throws Exception {
    MultipartForm one = MultipartForm.empty().part("a", "b");
    MultipartForm two = one.part("c", "d");

    assertThat(sent(one.body())).doesNotContain("name=\"c\"");
    assertThat(sent(two.body())).contains("name=\"a\"", "name=\"c\"");
    assertThat(one).hasToString("a form of 1 parts");
    assertThat(two.body()).asString().startsWith("a form of 2 parts of multipart/form-data");
  }

  @Test
  void hasNoLengthWhereAPartHasNone() throws Exception {
    InputStream stream = new ByteArrayInputStream("xyz".getBytes(UTF_8));
    Body body = MultipartForm.empty()
        .part("a", "b")
        .part("s", Body.of(stream, "text/plain"))
        .body();

    assertThat(body.length()).isEqualTo(-1);
    assertThat(body.isRepeatable()).isFalse();
    assertThat(sent(body)).contains("\r\n\r\nxyz\r\n--");
    assertThatThrownBy(body::lengthToSend).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void findsAPartThatIsShorterThanItsLength() {
    Body part = Body.of(() -> new ByteArrayInputStream(new byte[4]), 5, "a/b");
    Body body = MultipartForm.empty().part("a", part).body();

    assertThatThrownBy(() -> sent(body))
        .isInstanceOf(IOException.class)
        .hasMessage("the content ended after 4 of the 5 bytes that were announced");
  }

  @Test
  void refusesWhatIsNoForm() {
    MultipartForm form = MultipartForm.empty();
    Body trailed = Body.of("x", "a/b").withTrailers(Headers::empty);

    assertThatThrownBy(form::body).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> form.part("a\0", "b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> form.part("\ud83d", "b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> form.part("a", "\ud83d")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> form.part("a", trailed)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> form.file("a", Path.of("/"), "a/b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> form.file("a", Path.of("x"), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String sent(Body body) throws IOException {
    try (InputStream in = body.content().open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
