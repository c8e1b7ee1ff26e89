package dev.wireline.chaos;

import dev.wireline.testing.Caller;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A run of random steps: each is made of the seed and its number alone, and may be repeated alone. */
final class Chaos implements AutoCloseable {
  private static final List<ThreadKind> KINDS = ThreadKind.available();

  private final long seed;
  private final Tally tally = new Tally();
  private final List<Play> plays = new ArrayList<>();
  private final ScheduledExecutorService elsewhere = Executors.newScheduledThreadPool(1);
  private final Servers servers;
  private final Remains remains;

  Chaos(long seed) throws IOException {
    this.seed = seed;
    this.servers = new Servers();
    for (Carrier carrier : Carrier.values()) {
      plays.add(new LinePlay(carrier));
      plays.add(new HttpPlay(carrier));
      plays.add(new SharedPlay(carrier));
      plays.add(new DictPlay(carrier));
      plays.add(new TelnetPlay(carrier));
    }
    plays.add(new AgentPlay());
    plays.add(new AgentPlay());
    plays.add(new DatagramPlay());
    plays.add(new SmallDatagramPlay());
    plays.add(new QuestionPlay(Carrier.TCP));
    plays.add(new QuestionPlay(Carrier.TLS));
    plays.add(new FtpPlay(Carrier.TCP));
    plays.add(new FtpPlay(Carrier.TLS));
    KeptLog.listen(true);
    this.remains = new Remains();
  }

  /** Makes one step, and checks that nothing of it is left. */
  void step(long number) throws Exception {
    Random random = new Random(seed * 1_000_003 + number);
    Play play = plays.get(random.nextInt(plays.size()));
    Trouble trouble = Trouble.at(random);
    ThreadKind kind = KINDS.get(random.nextInt(KINDS.size()));
    try {
      Caller.run(kind, () -> run(number, random, play, trouble)).result();
      remains.awaitNone();
    } catch (ExecutionException | AssertionError e) {
      throw new AssertionError(
          "-Dchaos.seed=" + seed + " -Dchaos.step=" + number + " (" + play + ", " + trouble + ", "
              + kind + ") " + tally,
          e);
    }
  }

  private void run(long number, Random random, Play play, Trouble trouble) throws IOException {
    Strikes strikes = new Strikes(Thread.currentThread());
    Hook hook = new Hook(trouble, strikes);
    Stage stage = new Stage("s" + number, random, servers, hook, strikes, tally);
    strikes.later(trouble, elsewhere);
    try {
      play.run(stage);
    } finally {
      strikes.end();
    }
    Throwable failure = strikes.closeFailure();
    stage.check(failure == null, () -> "a close threw " + failure);
    stage.check(servers.fault().isEmpty(), servers::fault);
    KeptLog.take().forEach(stage::heard);
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void close() {
    KeptLog.listen(false);
    elsewhere.shutdownNow();
    servers.close();
  }
}
