package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TimeText;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Searches what a peer says for the first of some texts. */
final class PromptSearch {
  private static final Activity PROMPT = new Activity(Phase.READ, "waiting for a prompt of");
  private static final int NONE = -1;

  private final LineClient client;
  private final List<byte[]> patterns;
  private final int maxBytes;

  /** The position up to which no text ends. */
  private int scanned;

  PromptSearch(LineClient client, List<byte[]> patterns, int maxBytes) {
    this.client = client;
    this.patterns = patterns;
    this.maxBytes = maxBytes;
  }

  /** Waits for a text; it is a failure if none comes. */
  Expect.Found find(String[] wanted, Duration time, String setting) throws IOException {
    Wire wire = client.ready();
    return client.reader().read(wire, PROMPT, () -> {
      Deadline deadline = Deadline.after(time, Phase.READ, setting);
      int index = await(wire, deadline);
      if (index == NONE) {
        throw Broken.by(wire, exceeded(wire, wanted, deadline));
      }
      return take(wire, wanted, index);
    });
  }

  /** Waits for a text; nothing changes if none comes. */
  Optional<Expect.Found> poll(String[] wanted, Duration time) throws IOException {
    Wire wire = client.ready();
    return client.reader().read(wire, PROMPT, () -> {
      int index = await(wire, Deadline.after(time, Phase.READ));
      return index == NONE ? Optional.empty() : Optional.of(take(wire, wanted, index));
    });
  }

  /** The text that is complete first; all bytes up to its end count as scanned. */
  private int await(Wire wire, Deadline deadline) throws WirelineException {
    WireInput input = wire.input();
    boolean onlyLooks = deadline.isExpired();
    while (true) {
      while (scanned < input.buffered()) {
        if (scanned == maxBytes) {
          throw Broken.by(
              wire,
              new LimitExceededException(wire.endpoint(), PROMPT, "maxExpectBytes", maxBytes));
        }
        int index = longestEnding(input, ++scanned);
        if (index != NONE) {
          return index;
        }
      }
      // A peer that always has bytes ready must not outrun the deadline.
      if (!onlyLooks && deadline.isExpired()) {
        return NONE;
      }
      int came = input.poll(Integer.MAX_VALUE, deadline, PROMPT);
      client.reader().dropPendingLf(wire);
      if (came == 0) {
        return NONE;
      }
      if (came < 0) {
        throw Broken.hungUp(wire, PROMPT, "the peer hung up" + lastCome(wire));
      }
    }
  }

  private int longestEnding(WireInput input, int end) {
    int found = NONE;
    for (int i = 0; i < patterns.size(); i++) {
      boolean longer = found == NONE || patterns.get(i).length > patterns.get(found).length;
      if (longer && endsWith(input, end, patterns.get(i))) {
        found = i;
      }
    }
    return found;
  }

  private static boolean endsWith(WireInput input, int end, byte[] pattern) {
    int start = end - pattern.length;
    if (start < 0) {
      return false;
    }
    for (int i = pattern.length - 1; i >= 0; i--) {
      if (input.at(start + i) != pattern[i]) {
        return false;
      }
    }
    return true;
  }

  private Expect.Found take(Wire wire, String[] wanted, int index) throws WirelineException {
    WireInput input = wire.input();
    byte[] all = client.reader().witness().received(input.front(scanned));
    int start = scanned - patterns.get(index).length;
    Charset charset = client.options().charset();
    try {
      return new Expect.Found(
          index, wanted[index], LineReader.decode(input, start, client.options(), false));
    } catch (CharacterCodingException e) {
      String rule = "what stands before a prompt must be text in " + charset;
      throw client.told(
          new PeerProtocolException(wire.endpoint(), PROMPT, rule, Quoted.bytes(all), true));
    } finally {
      input.consume(scanned);
    }
  }

  private DeadlineExceededException exceeded(Wire wire, String[] wanted, Deadline deadline) {
    String named = deadline.setting().map(name -> " (" + name + ")").orElse("");
    String happened = "no " + names(wanted) + " came in " + TimeText.of(deadline.elapsed()) + named
        + lastCome(wire);
    return new DeadlineExceededException(
        wire.endpoint(),
        PROMPT,
        deadline.limit(),
        deadline.setting().orElse(null),
        happened,
        deadline.elapsed());
  }

  private static String names(String[] wanted) {
    StringBuilder names = new StringBuilder();
    for (String text : wanted) {
      names.append(names.length() > 0 ? " or " : "").append(Quoted.text(text));
    }
    return names.toString();
  }

  /** The end of what came, which shows what the peer is doing. */
  private String lastCome(Wire wire) {
    WireInput input = wire.input();
    byte[] all = input.front(input.buffered());
    if (all.length == 0) {
      return ", and not a byte of it";
    }
    try {
      client.reader().witness().received(all);
    } catch (RuntimeException | Error e) {
      // A listener must not keep the failure from ending the connection.
      wire.fail(e);
      throw e;
    }
    int from = Math.max(0, all.length - Quoted.MAX_CHARS);
    return ", the last of " + all.length + " bytes being " + Quoted.bytes(all, from, all.length);
  }
}
