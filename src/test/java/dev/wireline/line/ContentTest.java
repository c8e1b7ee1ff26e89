package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out in bulk: its length, whether it can be sent again, and that it is never short or long. */
class ContentTest {
  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void isMadeOfManyThings(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "file");
    List<Content> known = List.of(
        Content.of("text"),
        Content.of("text".getBytes(UTF_8)),
        Content.of(file),
        Content.of(() -> stream("text"), 4),
        Content.of(stream("once"), 4));
    for (Content content : known) {
      assertThat(content.length()).isEqualTo(4);
      assertThat(read(content)).hasSize(4);
    }
    assertThat(Content.of(stream("once")).length()).isEqualTo(Content.UNKNOWN);
    assertThat(Content.of(() -> stream("text")).length()).isEqualTo(Content.UNKNOWN);
    assertThat(read(Content.of("\u00e9", ISO_8859_1))).isEqualTo("\ufffd");
    Content all = Content.ofAll(List.of(Content.of("a"), Content.of(stream("b"), 1)));
    assertThat(all.length()).isEqualTo(2);
    assertThat(all.isRepeatable()).isFalse();
    assertThat(read(all)).isEqualTo("ab");
  }

  @Test
  void canBeSentAgainUnlessItIsOneStream() throws IOException {
    Content source = Content.of(() -> stream("text"));
    Content once = Content.of(stream("once"));

    assertThat(source.isRepeatable()).isTrue();
    assertThat(read(source) + read(source)).isEqualTo("texttext");
    assertThat(once.isRepeatable()).isFalse();
    assertThat(read(once)).isEqualTo("once");
    assertThatIllegalStateException().isThrownBy(once::open);
    assertThatIllegalStateException().isThrownBy(once::length);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void isNeverShortOrLong(int announced) throws IOException {
    InputStream in = Content.of(stream("four"), announced).open();
    byte[] some = new byte[100];

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> {
          for (int count = 0; count >= 0; count = in.read(some)) {
            assertThat(count).as("the last ones are not given").isLessThan(announced);
          }
        })
        .withMessageContaining(" bytes ");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void givesNoSinkTheLastOfTooFewOrTooMany(int announced) {
    for (Content content : List.of(Content.of("four"), Content.of(() -> stream("four")))) {
      ByteArrayOutputStream taken = new ByteArrayOutputStream();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> content.sendTo(announced, into(taken)))
          .withMessageContaining(" bytes ");
      assertThat(taken.size()).isLessThan(announced);
    }
  }

  private static Content.Sink into(ByteArrayOutputStream taken) {
    return (bytes, offset, length) -> {
      taken.write(bytes, offset, length);
      return true;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 131_072, 131_073, 300_000})
  void givesASinkAllThereIs(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Content streamed = Content.of(() -> new ByteArrayInputStream(bytes));
    for (Content content : List.of(Content.of(bytes), streamed)) {
      for (long announced : new long[] {size, Content.UNKNOWN}) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();

        assertThat(content.sendTo(announced, into(taken))).isTrue();
        assertThat(taken.toByteArray()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void givesASinkBytesOutOfTheirOwnArray() throws IOException {
    byte[] bytes = new byte[300_000];
    List<Integer> pieces = new ArrayList<>();

    Content.of(bytes).sendTo(bytes.length, (array, offset, length) -> {
      assertThat(array).isSameAs(bytes);
      return pieces.add(length);
    });

    assertThat(pieces).containsExactly(131_072, 131_072, 37_856);
  }

  @Test
  void givesASinkNothingMoreOnceItHasEnough() throws IOException {
    byte[] bytes = new byte[300_000];
    Content streamed = Content.of(() -> new ByteArrayInputStream(bytes));
    for (Content content : List.of(Content.of(bytes), streamed)) {
      AtomicInteger pieces = new AtomicInteger();

      assertThat(
              content.sendTo(bytes.length, (array, offset, length) -> pieces.incrementAndGet() < 2))
          .isFalse();
      assertThat(pieces).hasValue(2);
    }
  }

  @Test
  void doesNotShowTheFailureOfAnotherConnectionAsOneOfThis() {
    Endpoint other = Endpoint.parse("other.test:1");
    Content content = Content.of(() -> {
      throw new ConnectionClosedException(other, Activity.READING, "hung up", new byte[0], null);
    });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(content::open)
        .isExactlyInstanceOf(IOException.class)
        .withCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void refusesWhatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> Content.of("\ud83d"));
    assertThatIllegalArgumentException().isThrownBy(() -> Content.of("\u0161", ISO_8859_1));
    assertThatIllegalArgumentException().isThrownBy(() -> Content.of(stream(""), -1));
  }
}
