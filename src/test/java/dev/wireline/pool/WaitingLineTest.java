package dev.wireline.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An error in the middle of a step of the line leaves nobody in it who has left, and loses no lease. */
class WaitingLineTest {
  private static final PoolKey KEY = new PoolKey(Dialer.standard(), Endpoint.tcp("127.0.0.1", 1));

  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingLine line = new WaitingLine(key -> hasRoom());
  private boolean fails;

  private boolean hasRoom() {
    if (fails) {
      throw new OutOfMemoryError("thrown by the test");
    }
    return true;
  }

  @BeforeEach
  void takesTheLock() {
    lock.lock();
  }

  @AfterEach
  void givesTheLockBack() {
    lock.unlock();
  }

  @Test
  void oneWhoseJoiningFailedHasLeftAfterwards() {
    WaitingLine.Ticket ticket = line.ticket(KEY, lock.newCondition());
    fails = true;
    assertThatThrownBy(() -> line.join(ticket)).isInstanceOf(OutOfMemoryError.class);

    line.leave(ticket);

    fails = false;
    line.roomChanged();
    assertThat(line.isEmpty()).isTrue();
    assertThat(line.next()).isNull();
  }

  @Test
  void oneIsServedAlthoughTheLookForTheNextFails() {
    WaitingLine.Ticket first = join();
    WaitingLine.Ticket second = join();
    WirePool.Lease lease = lease();
    fails = true;
    assertThatThrownBy(() -> line.serve(first, lease)).isInstanceOf(OutOfMemoryError.class);

    fails = false;
    line.roomChanged();

    assertThat(first.lease()).isSameAs(lease);
    assertThat(line.next()).isSameAs(second);
    assertThat(line.size()).isOne();
  }

  private WaitingLine.Ticket join() {
    WaitingLine.Ticket ticket = line.ticket(KEY, lock.newCondition());
    line.join(ticket);
    return ticket;
  }

  private static WirePool.Lease lease() {
    PoolOptions options = PoolOptions.standard();
    return new WirePool(options).new Lease(new KeptWire(KEY, options, 0), false);
  }
}
