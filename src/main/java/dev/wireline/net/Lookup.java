package dev.wireline.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JDK's look-up of one name, with a deadline.
 *
 * <p>The one place where the library starts a thread, since the JDK cannot cancel a look-up. It is a
 * daemon and ends with the look-up, whether or not anybody still waits for it.
 */
final class Lookup implements Closeable {
  private final FutureTask<List<InetAddress>> task;

  Lookup(String host) {
    task = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
  }

  /**
   * Waits for the addresses.
   *
   * @throws TimeoutException at the deadline
   * @throws InterruptedException when the thread was interrupted; the flag is cleared
   * @throws CancellationException when closed from another thread
   */
  List<InetAddress> await(long nanos) throws IOException, TimeoutException, InterruptedException {
    Thread thread = new Thread(task, "wireline-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("the name look-up failed", e.getCause());
    }
  }

  @Override
  public void close() {
    task.cancel(false);
  }
}
