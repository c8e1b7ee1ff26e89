package dev.wireline.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a server says in a scene: to its client, and into the conversation. */
final class Voice {

  private final Guard guard;
  private final Sending sending;
  private final Conversation conversation;
  private final Map<String, String> captures;

  Voice(Guard guard, Sending sending, Conversation conversation, Map<String, String> captures) {
    this.guard = guard;
    this.sending = sending;
    this.conversation = conversation;
    this.captures = captures;
  }

  /** Says what stands in the order of the scene. */
  void say(PeerConnection client, List<Step.Say> row) throws IOException {
    // Said before it is sent: whoever gets it may look at the conversation at once.
    guard.change(() -> row.forEach(say -> conversation.serverDid(say.said(captures))));
    sending.send(client, Step.Say.bytes(row, captures));
  }

  /** Says what does not stand in the order; it need not be shown each time. */
  void sayAside(PeerConnection client, List<Step.Say> row, boolean shown) throws IOException {
    if (shown) {
      guard.change(() -> row.forEach(say -> conversation.serverSaidAside(say.said(captures))));
    }
    if (!row.isEmpty()) {
      sending.send(client, Step.Say.bytes(row, captures));
    }
  }

  /** Its first time stands in the conversation, so that this does not depend on the time. */
  Repetition repetition(PeerConnection client, Step.Every every) {
    AtomicBoolean first = new AtomicBoolean(true);
    return new Repetition(
        every.period(), () -> sayAside(client, every.said(), first.getAndSet(false)));
  }
}
