package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wireline.error.WirelineException;
import dev.wireline.fetch.NotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of the commonest failures, word for word, as the guide to errors shows them. */
@Timeout(60)
class FailureMessagesTest {

  static Stream<Failure> failures() {
    return Stream.of(
            DialFailures.all(),
            LineFailures.all(),
            HttpFailures.all(),
            DatagramFailures.all(),
            FtpFailures.all(),
            SmtpFailures.all(),
            Pop3Failures.all(),
            NntpFailures.all(),
            FetchFailures.all(),
            ImapFailures.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatHappened(Failure failure) throws IOException {
    Map<String, String> golden = GoldenMessages.read();

    Throwable thrown = catchThrowable(() -> failure.provocation().run());

    // A file that is missing has no peer.
    assertThat(thrown).isInstanceOfAny(WirelineException.class, NotFoundException.class);
    String message = GoldenMessages.normalized(thrown);
    assertThat(message.chars()).noneMatch(Character::isISOControl);
    assertThat(message).isEqualTo(golden.get(failure.name()));
  }

  @Test
  void provokesEachFailureOfTheFile() throws IOException {
    assertThat(failures().map(Failure::name))
        .containsExactlyElementsOf(GoldenMessages.read().keySet());
  }
}
