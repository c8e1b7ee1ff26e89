package dev.wireline.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of RFC 1143, as a sequence of events and what is said at each. */
class FeatureSideTest {
  private static FeatureSide.Say say(FeatureSide side, String event) {
    return switch (event) {
      case "on" -> side.hearOn(true);
      case "refused" -> side.hearOn(false);
      case "off" -> side.hearOff();
      case "want" -> side.wantOn();
      default -> side.wantOff();
    };
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "on                      | ON                      | true",
        "on on                   | ON NOTHING              | true",
        "refused refused         | OFF OFF                 | false",
        "off                     | NOTHING                 | false",
        "on off                  | ON OFF                  | false",
        "want on                 | ON NOTHING              | true",
        "want off                | ON NOTHING              | false",
        "want want on            | ON NOTHING NOTHING      | true",
        "want forget on off      | ON NOTHING OFF NOTHING  | false",
        "want forget off         | ON NOTHING NOTHING      | false",
        "want forget want on     | ON NOTHING NOTHING NOTHING | true",
        "want forget forget on   | ON NOTHING NOTHING OFF  | false",
        "on forget off           | ON OFF NOTHING          | false",
        "on forget on            | ON OFF NOTHING          | false",
        "on forget want off on   | ON OFF NOTHING ON NOTHING | true",
        "on forget want on       | ON OFF NOTHING NOTHING  | true",
        "on forget want forget off | ON OFF NOTHING NOTHING NOTHING | false",
        "on forget want want off | ON OFF NOTHING NOTHING ON | false",
        "forget                  | NOTHING                 | false",
        "on want                 | ON NOTHING              | true",
        "on forget forget off    | ON OFF NOTHING NOTHING  | false"
      })
  void answersAsRfc1143Says(String events, String said, boolean on) {
    FeatureSide side = new FeatureSide();

    List<String> all = new ArrayList<>();
    for (String event : events.split(" ", -1)) {
      all.add(say(side, event).name());
    }

    assertThat(String.join(" ", all)).isEqualTo(said);
    assertThat(side.isOn()).isEqualTo(on);
  }
}
