package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A download into a folder, under the name that the server proposes. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class SaveIntoTest {
  private static final String NAMED = "Content-Disposition: attachment; filename=\"../a.txt\"\r\n";

  @TempDir
  private Path folder;

  private String[] names() {
    String[] names = folder.toFile().list();
    assertThat(names).isNotNull();
    return names;
  }

  @Test
  void takesTheNameOfTheServerThenThatOfTheUrlThenTheGivenOne() throws Exception {
    try (RawServer server =
            RawServer.answering(Answers.ok("one", NAMED), Answers.ok("two"), Answers.ok("three"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse named = client.get("/x/y.txt?z");

      assertThat(named.fileName()).contains("a.txt");
      assertThat(named.saveInto(folder, "c.txt"))
          .isEqualTo(folder.resolve("a.txt"))
          .hasContent("one");
      assertThat(client.get("/x/b%20.txt?z=/q").saveInto(folder, "c.txt"))
          .isEqualTo(folder.resolve("b .txt"))
          .hasContent("two");
      assertThat(client.get("/x/?z").saveInto(folder, "c.txt"))
          .isEqualTo(folder.resolve("c.txt"))
          .hasContent("three");
      assertThat(names()).containsExactlyInAnyOrder("a.txt", "b .txt", "c.txt");
    }
  }

  @Test
  void neverReplacesAFile() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "older");
    try (RawServer server = RawServer.answering(Answers.ok("one", NAMED));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").saveInto(folder, "c")).isEqualTo(folder.resolve("a (1).txt"));
      assertThat(client.get("/").saveInto(folder, "c")).isEqualTo(folder.resolve("a (2).txt"));

      assertThat(folder.resolve("a.txt")).hasContent("older");
      assertThat(names()).hasSize(3);
    }
  }

  @Test
  void leavesNothingOfABrokenBody() throws Exception {
    RawAnswer cut = RawAnswer.of(Answers.head(10) + "hello").thenClose();
    try (RawServer server = RawServer.answering(cut);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/a.txt");

      assertThatThrownBy(() -> response.saveInto(folder, "c"))
          .isInstanceOf(ConnectionClosedException.class);
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void refusesAGivenNameWithAPath() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("one"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThatThrownBy(() -> response.saveInto(folder, "../c"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> response.saveInto(folder, ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(response.text()).isEqualTo("one");
    }
  }
}
