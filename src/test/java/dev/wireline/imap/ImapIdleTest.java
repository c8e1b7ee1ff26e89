package dev.wireline.imap;

import static dev.wireline.imap.ImapScripts.GREETING;
import static dev.wireline.imap.ImapScripts.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server says of its own accord. */
@Timeout(60)
class ImapIdleTest {
  private static final Duration LONG = Duration.ofDays(400_000);

  @Test
  void waitsForTheNextEvent() throws Exception {
    String script = GREETING + """
        C: A1 IDLE
        S: + idling
        S: * OK Still here
        S: * 4 EXISTS
        C: DONE
        S: * 2 FETCH (FLAGS (\\Seen))
        S: * 1 EXPUNGE
        S: A1 OK
        C: A2 NOOP
        S: * VANISHED (EARLIER) 7:9
        S: * XNEW (a {2}
        S: )))
        S: A2 OK
        """;
    play(script, mail -> {
      assertThat(mail.next(LONG)).contains(ImapEvent.of(ImapEvent.Kind.EXISTS, 4));
      ImapEvent seen = mail.next(LONG).orElseThrow();
      assertThat(seen.kind()).isEqualTo(ImapEvent.Kind.FETCH);
      assertThat(seen.fetched().orElseThrow().flags()).contains(Set.of("\\Seen"));
      assertThat(mail.next(LONG)).contains(ImapEvent.of(ImapEvent.Kind.EXPUNGE, 1));
      mail.noop();
      assertThat(mail.next(LONG)).contains(ImapEvent.of(ImapEvent.Kind.VANISHED, "7:9"));
      assertThat(mail.next(LONG)).contains(ImapEvent.of(ImapEvent.Kind.OTHER, "XNEW"));
    });
  }

  @Test
  void isWokenByAnotherThread() throws Exception {
    play(GREETING + "C: A1 IDLE\nS: +\nC: DONE\nS: A1 OK\nC: A2 NOOP\nS: A2 OK\n", mail -> {
      Thread waker = new Thread(mail::wakeup);
      waker.start();

      assertThat(mail.next(LONG)).isEmpty();
      waker.join();
      mail.noop();
    });
  }

  @Test
  void hearsEventsUntilTheTimeIsOver() throws Exception {
    String script = GREETING + """
        C: A1 IDLE
        S: +
        S: * 4 EXISTS
        S: * 5 EXISTS
        C: DONE
        S: A1 OK
        """;
    play(script, mail -> {
      List<ImapEvent> events = new ArrayList<>();
      mail.onEvent(event -> {
        events.add(event);
        if (event.number() == 5) {
          mail.wakeup();
        }
      });
      mail.idle(LONG);

      assertThat(events).extracting(ImapEvent::number).containsExactly(4L, 5L);
      assertThatIllegalStateException().isThrownBy(() -> mail.next(LONG));
    });
  }

  @Test
  void beginsAnewBeforeTheNetworkForgetsIt() throws Exception {
    ImapOptions options =
        ImapOptions.builder().idleRenewal(Duration.ofMillis(1)).build();
    String script = GREETING + """
        C: A1 IDLE
        S: +
        C: DONE
        S: A1 OK
        C: A2 IDLE
        S: +
        C: DONE
        S: * 3 EXISTS
        S: A2 OK
        """;
    play(
        options,
        script,
        mail -> assertThat(mail.next(LONG)).map(ImapEvent::number).contains(3L));
  }

  @Test
  void onlyLooksIfThereIsNoTime() throws Exception {
    play(
        GREETING + "C: A1 IDLE\nS: +\nC: DONE\nS: A1 OK\n",
        mail -> assertThat(mail.next(Duration.ZERO)).isEmpty());
  }

  @Test
  void tellsThatTheServerDoesNotKnowIt() throws Exception {
    play(GREETING + "C: A1 IDLE\nS: A1 BAD what\nC: A2 NOOP\nS: A2 OK\n", mail -> {
      assertThatExceptionOfType(ImapException.class).isThrownBy(() -> mail.next(LONG));

      mail.noop();
    });
  }

  @Test
  void takesNoEndThatNobodyAskedFor() throws Exception {
    play(GREETING + "C: A1 IDLE\nS: +\nS: A1 OK\n", mail -> {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> mail.next(LONG));

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void saysThatEventsWereLost() throws Exception {
    String script = GREETING + "C: A1 NOOP\n" + "S: * 1 EXPUNGE\n".repeat(1001) + "S: A1 OK\n";
    play(script, mail -> {
      mail.noop();

      assertThat(mail.next(LONG)).contains(ImapEvent.of(ImapEvent.Kind.LOST, ""));
      assertThat(mail.next(LONG)).contains(ImapEvent.of(ImapEvent.Kind.EXPUNGE, 1));
    });
  }

  @Test
  void givesWhatWasKeptToTheListener() throws Exception {
    play(GREETING + "C: A1 NOOP\nS: * 1 EXISTS\nS: A1 OK\n", mail -> {
      mail.noop();
      List<ImapEvent> events = new ArrayList<>();
      assertThatIllegalStateException().isThrownBy(() -> mail.idle(LONG));
      mail.onEvent(events::add);

      assertThat(events).hasSize(1);
    });
  }
}
