package dev.wireline.line;

import dev.wireline.error.WirelineException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes what is said to the transcript of a client, if there is one. Thread-safe. */
final class Witness {
  private volatile @Nullable Transcript transcript;

  void keep(Transcript kept) {
    if (transcript != null) {
      throw new IllegalStateException("the client has a transcript already");
    }
    transcript = kept;
  }

  Optional<Transcript> transcript() {
    return Optional.ofNullable(transcript);
  }

  void received(String line) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.received(line);
    }
  }

  byte[] received(byte[] data) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.received(data, 0, data.length);
    }
    return data;
  }

  void sent(String line) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.sent(line);
    }
  }

  void sent(List<String> lines) {
    Transcript kept = transcript;
    if (kept != null) {
      lines.forEach(kept::sent);
    }
  }

  void sent(LineBytes bytes) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.sent(bytes.array(), 0, bytes.size());
    }
  }

  void sent(Message message) {
    Transcript kept = transcript;
    if (kept != null) {
      message.show(kept);
    }
  }

  /** Notes what is not shown. */
  void note(String text) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.note(text);
    }
  }

  /** A failure that ends no connection, with the transcript before it attached. */
  <E extends WirelineException> E told(E failure) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.attachTo(failure);
    }
    return failure;
  }
}
