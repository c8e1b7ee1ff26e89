package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.StackRoom;
import dev.wireline.internal.TimeText;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link DatagramClient}, run by the calling thread on one selector: the look-up, the attempts,
 * and the datagrams that come back.
 */
final class Asking implements Closeable {
  static final Activity ASKING = new Activity(Phase.READ, "asking");

  /** A flooding peer must not keep a call from ending. */
  static final int MAX_PASSED_OVER = 100;

  private final Endpoint endpoint;
  private final DatagramOptions options;
  private final LatePorts latePorts;
  private final byte[] request;
  private final @Nullable Predicate<byte[]> isAnswer;
  private final int most;
  private final Deadline deadline;
  private final Dialing dialing;
  private final ByteBuffer input;
  private final List<Addressee> addressees = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>(1);
  private final ReentrantLock guard = new ReentrantLock();
  private @Nullable Selector selector;
  private volatile boolean closed;

  private int last = -1;
  private int passedOver;
  private long nextTry = System.nanoTime();

  /**
   * A call.
   *
   * @param most how many answers end it
   */
  Asking(
      DatagramClient client,
      byte[] request,
      @Nullable Predicate<byte[]> isAnswer,
      int most,
      Deadline deadline) {
    this.endpoint = client.endpoint();
    this.options = client.options();
    this.latePorts = client.latePorts();
    this.request = request;
    this.isAnswer = isAnswer;
    this.most = most;
    this.deadline = deadline;
    this.dialing = new Dialing(endpoint, options.lookup(), deadline, DialListener.NONE);
    // One byte more than allowed, which shows that a datagram was cut.
    this.input = ByteBuffer.allocate(options.maxAnswerBytes() + 1);
  }

  /** Asks for one answer; fails if none comes in time. */
  List<byte[]> run() throws WirelineException {
    List<byte[]> answer = with(this::exchange);
    if (answer.isEmpty()) {
      throw late();
    }
    return answer;
  }

  /** Asks for answers; returns those that came in time. */
  List<byte[]> collect() throws WirelineException {
    return with(this::exchange);
  }

  /** Sends the request once, to the first address that takes it, without waiting. */
  void send() throws WirelineException {
    with(waiting -> {
      check();
      for (Addressee each : addressees) {
        each.send(request, waiting);
        if (each.failure() == null) {
          return answers;
        }
      }
      throw dialing.failed(failures());
    });
  }

  /** What is done with a selector, once the addresses are known. */
  private interface Use {
    List<byte[]> of(Selector waiting) throws IOException;
  }

  private List<byte[]> with(Use use) throws WirelineException {
    for (InetSocketAddress address : Race.inTurn(dialing.addresses(), endpoint.port())) {
      addressees.add(new Addressee(address, latePorts));
    }
    try {
      return use.of(open());
    } catch (IOException e) {
      throw e instanceof WirelineException known ? known : dialing.failed(List.of(e));
    } finally {
      end();
    }
  }

  private List<byte[]> exchange(Selector waiting) throws IOException {
    while (true) {
      check();
      receive();
      if (answers.size() == most) {
        return answers;
      }
      if (failures().size() == addressees.size()) {
        return given(dialing.failed(failures()));
      }
      if (deadline.isExpired()) {
        return answers;
      }
      if (mayTry() && nextTry - System.nanoTime() <= 0) {
        send(waiting);
      } else {
        waiting.select(Readiness.millis(leftNanos()));
        waiting.selectedKeys().clear();
      }
    }
  }

  /** What came before an address refused is not lost to the collector. */
  private List<byte[]> given(WirelineException failure) throws WirelineException {
    if (answers.isEmpty()) {
      throw failure;
    }
    return answers;
  }

  /** A peer that has begun to answer has the request. */
  private boolean mayTry() {
    return answers.isEmpty() && tries() < options.maxTries();
  }

  private void check() throws WirelineException {
    if (closed) {
      throw new ClientClosedException(endpoint, ASKING, "closed while waiting for an answer", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      String waited = TimeText.of(deadline.elapsed());
      throw new CallInterruptedException(endpoint, ASKING, "interrupted after " + waited);
    }
  }

  /** Sends to the next address in turn that has not dropped out; there is one. */
  private void send(Selector waiting) {
    do {
      last = (last + 1) % addressees.size();
    } while (addressees.get(last).failure() != null);
    addressees.get(last).send(request, waiting);
    if (addressees.get(last).failure() == null) {
      nextTry = System.nanoTime() + options.waitNanos(tries());
    }
  }

  /** The attempts that may still bring an answer; a refusal does not count, so the next address is asked. */
  private int tries() {
    int tries = 0;
    for (Addressee each : addressees) {
      tries += each.failure() == null ? each.sent() : 0;
    }
    return tries;
  }

  /** Takes the answers among what has come, up to the number that ends the call. */
  private void receive() throws WirelineException {
    for (Addressee each : addressees) {
      boolean wasIn = each.failure() == null;
      receiveFrom(each);
      if (wasIn && each.failure() != null && isSomeoneUntried()) {
        nextTry = System.nanoTime();
      }
    }
  }

  private void receiveFrom(Addressee addressee) throws WirelineException {
    while (answers.size() < most && addressee.receive(input)) {
      byte[] datagram = taken();
      if (isAnswer == null || isAnswer.test(datagram)) {
        answers.add(datagram);
      } else if (++passedOver > MAX_PASSED_OVER) {
        throw new LimitExceededException(
            endpoint, ASKING, "datagrams passed over", MAX_PASSED_OVER);
      }
      if (answers.size() < most) {
        // The check of a datagram is the caller's code, and may take its time.
        check();
        if (deadline.isExpired()) {
          return;
        }
      }
    }
  }

  private boolean isSomeoneUntried() {
    for (Addressee each : addressees) {
      if (each.sent() == 0 && each.failure() == null) {
        return true;
      }
    }
    return false;
  }

  private byte[] taken() throws WirelineException {
    int size = input.position();
    if (size > options.maxAnswerBytes()) {
      throw new LimitExceededException(
          endpoint, ASKING, "maxAnswerBytes", options.maxAnswerBytes());
    }
    return Arrays.copyOf(input.array(), size);
  }

  private long leftNanos() {
    long left = deadline.remainingNanos();
    return mayTry() ? Math.min(left, nextTry - System.nanoTime()) : left;
  }

  private List<AttemptException> failures() {
    List<AttemptException> failures = new ArrayList<>();
    for (Addressee each : addressees) {
      AttemptException failure = each.failure();
      if (failure != null) {
        failures.add(failure);
      }
    }
    return failures;
  }

  private WirelineException late() {
    int sent = 0;
    for (Addressee each : addressees) {
      sent += each.sent();
    }
    StringBuilder facts = new StringBuilder(sent == 1 ? ": 1 try" : ": " + sent + " tries");
    if (passedOver > 0) {
      facts.append(", ").append(passedOver).append(" datagrams passed over");
    }
    List<AttemptException> failures = failures();
    if (!failures.isEmpty()) {
      facts.append("; ").append(AttemptException.facts(failures));
    }
    WirelineException late =
        deadline.exceeded(endpoint, ASKING, "no answer after", facts.toString());
    failures.forEach(late::addSuppressed);
    return late;
  }

  private Selector open() throws IOException {
    StackRoom.lock(guard);
    try {
      Selector opened = LocalFault.selector();
      selector = opened;
      return opened;
    } finally {
      guard.unlock();
    }
  }

  private void end() {
    for (Addressee each : addressees) {
      each.close();
    }
    StackRoom.lock(guard);
    try {
      if (selector != null) {
        Closing.quietly(selector);
      }
    } finally {
      guard.unlock();
    }
  }

  /** Wakes the asking thread, from another one. A selector that is gone must not be woken. */
  @Override
  public void close() {
    closed = true;
    dialing.close();
    StackRoom.lock(guard);
    try {
      if (selector != null && selector.isOpen()) {
        selector.wakeup();
      }
    } finally {
      guard.unlock();
    }
  }
}
