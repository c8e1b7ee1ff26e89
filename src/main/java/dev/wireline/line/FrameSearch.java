package dev.wireline.line;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one frame. */
final class FrameSearch {
  private static final int NONE = -1;

  private final LineClient client;
  private final byte[] start;
  private final byte[] end;
  private final int maxBytes;

  FrameSearch(LineClient client, byte[] start, byte[] end, int maxBytes) {
    this.client = client;
    this.start = start;
    this.end = end;
    this.maxBytes = maxBytes;
  }

  byte[] read(Optional<Duration> pause) throws IOException {
    Wire wire = client.ready();
    return client.reader().read(wire, Frames.FRAME, () -> {
      byte[] frame = next(wire, pause.orElse(null));
      if (frame == null) {
        throw Broken.hungUp(wire, Frames.FRAME, "the peer hung up");
      }
      return frame;
    });
  }

  Optional<byte[]> readOrEnd(Optional<Duration> pause) throws IOException {
    Wire wire = client.ready();
    return client
        .reader()
        .read(wire, Frames.FRAME, () -> Optional.ofNullable(next(wire, pause.orElse(null))));
  }

  /** The next frame, or null at a clean end before it. */
  private byte @Nullable [] next(Wire wire, @Nullable Duration pause) throws WirelineException {
    if (!client.reader().awaitFirst(wire, Deadline.NEVER, Frames.FRAME)) {
      return null;
    }
    Deadline deadline = client
        .options()
        .dialer()
        .deadline(client.options().transferTimeout(), Phase.READ, "transferTimeout");
    takeStart(wire, deadline);
    return pause == null ? toMark(wire, deadline) : toPause(wire, pause, deadline);
  }

  private void takeStart(Wire wire, Deadline deadline) throws WirelineException {
    WireInput input = wire.input();
    for (int i = 0; i < start.length; i++) {
      if (input.buffered() == i && !input.fill(Integer.MAX_VALUE, deadline, Frames.FRAME)) {
        throw cut(wire);
      }
      if (input.at(i) != start[i]) {
        byte[] came = input.front(Math.min(input.buffered(), Quoted.MAX_CHARS));
        throw Broken.by(
            wire,
            new PeerProtocolException(
                wire.endpoint(),
                Frames.FRAME,
                "a frame starts with " + Quoted.bytes(start),
                Quoted.bytes(came)));
      }
    }
    input.consume(start.length);
  }

  private byte[] toMark(Wire wire, Deadline deadline) throws WirelineException {
    WireInput input = wire.input();
    int scanned = 0;
    int length;
    while ((length = find(input, scanned)) == NONE) {
      // Bytes that may be the start of the mark are not counted yet.
      scanned = Math.max(0, input.buffered() - (end.length - 1));
      checkBound(wire, scanned);
      if (!input.fill(Integer.MAX_VALUE, deadline, Frames.FRAME)) {
        throw cut(wire);
      }
    }
    checkBound(wire, length);
    byte[] frame = client.reader().witness().received(input.front(length));
    input.consume(length + end.length);
    return frame;
  }

  /** Where the end begins, at or after a position. */
  private int find(WireInput input, int from) {
    int last = input.buffered() - end.length;
    int at = input.indexOf(end[0], from);
    while (at != NONE && at <= last && !isEndAt(input, at)) {
      at = input.indexOf(end[0], at + 1);
    }
    return at != NONE && at <= last ? at : NONE;
  }

  private boolean isEndAt(WireInput input, int at) {
    for (int i = 1; i < end.length; i++) {
      if (input.at(at + i) != end[i]) {
        return false;
      }
    }
    return true;
  }

  /** Everything that comes until there is a pause, or the input ends. */
  private byte[] toPause(Wire wire, Duration pause, Deadline whole) throws WirelineException {
    WireInput input = wire.input();
    int came;
    do {
      checkBound(wire, input.buffered());
      Deadline quiet = Deadline.after(pause, Phase.READ);
      came = input.poll(Integer.MAX_VALUE, quiet, Frames.FRAME);
      if (came > 0 && whole.isExpired()) {
        throw Broken.by(
            wire, whole.exceeded(wire.endpoint(), Frames.FRAME, "no pause came in", ""));
      }
    } while (came > 0);
    if (input.buffered() == 0) {
      throw cut(wire);
    }
    byte[] frame = client.reader().witness().received(input.front(input.buffered()));
    input.consume(frame.length);
    return frame;
  }

  private void checkBound(Wire wire, int length) throws WirelineException {
    if (length > maxBytes) {
      throw Broken.limit(wire, Frames.FRAME, "maxFrameBytes", maxBytes);
    }
  }

  private static WirelineException cut(Wire wire) {
    int count = wire.input().buffered();
    return Broken.hungUp(
        wire,
        Frames.FRAME,
        "the peer hung up in the middle of a frame, after " + count + " bytes of it");
  }
}
