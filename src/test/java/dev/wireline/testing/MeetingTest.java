package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeetingTest {

  @Test
  void waitsForAPeerWhoseThreadIsLate() throws Exception {
    Meeting meeting = new Meeting(Lead.NONE, HostilePeer.CUT, null);
    Caller<Boolean> verdict = Caller.run(ThreadKind.PLATFORM, meeting::awaitVerdict);
    verdict.awaitParked();

    try (PeerServer server = PeerServer.start(meeting);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.awaitEnd();
      verdict.result();
    }

    Trials failures = new Trials();
    meeting.judge(new Trial(new IOException("the server hung up"), null), failures);
    assertThatCode(() -> failures.throwIfAny("failed")).doesNotThrowAnyException();
  }
}
