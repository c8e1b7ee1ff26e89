package dev.wireline.chaos;

import dev.wireline.line.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one step works with: its random numbers, its hook, and the judge of each of its calls. */
final class Stage {
  private final Set<Throwable> judged = Collections.newSetFromMap(new IdentityHashMap<>());
  /** Nobody may read this anywhere but the server that it is for. */
  static final String SECRET = "hush-and-hide";

  private static final List<Ending> ENDINGS = List.of(Ending.values());
  private static final int[] COUNTS = {1, 1, 1, 2, 3, 40, 600, 3000};

  private final String name;
  private final Random random;
  private final Servers servers;
  private final Hook hook;
  private final Strikes strikes;
  private final Tally tally;
  private final boolean cutting;
  private final List<String> did = new ArrayList<>();
  private int tokens;

  Stage(String name, Random random, Servers servers, Hook hook, Strikes strikes, Tally tally) {
    this.name = name;
    this.random = random;
    this.servers = servers;
    this.hook = hook;
    this.strikes = strikes;
    this.tally = tally;
    this.cutting = random.nextInt(3) == 0;
  }

  Servers servers() {
    return servers;
  }

  Hook hook() {
    return hook;
  }

  Strikes strikes() {
    return strikes;
  }

  /** 0 or more, and less than the bound. */
  int upTo(int bound) {
    return random.nextInt(bound);
  }

  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A question with a token of its own; in some steps the server may cut its answer. */
  Ask ask(String verb) {
    tokens++;
    String token = name + "-" + tokens;
    Ending ending = cutting && once(3) ? oneOf(ENDINGS) : Ending.WHOLE;
    if (ending == Ending.STALL && !once(8)) {
      ending = Ending.CLOSE;
    }
    int count = COUNTS[random.nextInt(COUNTS.length)];
    int cut = random.nextInt(1 << random.nextInt(12));
    return new Ask(verb, token, count, ending, cut);
  }

  /** A question whose answer comes whole. */
  Ask askWhole(String verb) {
    Ask ask = ask(verb);
    return new Ask(ask.verb(), ask.token(), ask.count(), Ending.WHOLE, 0);
  }

  /**
   * Makes a call, and judges what it throws.
   *
   * @return what it gave; empty when it failed as it may
   */
  <T> Optional<T> attempt(String what, Steps<T> call) {
    did.add(what);
    try {
      T got = call.run();
      ended("complete");
      return Optional.of(got);
    } catch (IOException | RuntimeException | Error e) {
      did.add("  threw " + e);
      // A failure that is told once more is about the call before: its interrupt may be over.
      if (judged.add(e)) {
        Verdict.of(e, servers).ifPresent(fault -> fault(fault, e));
      }
      ended(e.getClass().getSimpleName());
      return Optional.empty();
    } finally {
      checkFlag();
    }
  }

  /** The same for a call whose answer is known. */
  boolean attempt(String what, String expected, boolean whole, Steps<String> call) {
    Optional<String> got = attempt(what, call);
    got.ifPresent(text -> {
      check(text.equals(expected), () -> what + " gave another's answer, or not all: " + text);
      check(whole, () -> what + " was cut, and taken for whole");
    });
    return got.isPresent();
  }

  private void ended(String how) {
    tally.count(how);
  }

  private void checkFlag() {
    check(strikes.flagIsRight(), () -> "the interrupt flag was lost, or set by nobody");
    if (!once(3)) {
      strikes.calm();
    }
  }

  /** What anybody could read: no secret stands in it. */
  void heard(Object text) {
    String shown = String.valueOf(text);
    check(!shown.contains(SECRET), () -> "a secret is shown: " + shown);
  }

  /** Something that the step did, for the report. */
  void note(String what) {
    did.add(what);
  }

  void check(boolean holds, Supplier<String> fault) {
    if (!holds) {
      throw new Broken(fault.get() + story(), null);
    }
  }

  private void fault(String what, Throwable e) {
    throw new Broken(what + story(), e);
  }

  private String story() {
    return "\n  " + String.join("\n  ", did);
  }

  @Override
  public String toString() {
    return name + story();
  }

  /** A promise was broken. */
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1;

    Broken(String what, @Nullable Throwable cause) {
      super(what, cause);
    }
  }
}
