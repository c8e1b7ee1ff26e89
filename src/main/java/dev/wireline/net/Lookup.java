package dev.wireline.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Callable;
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
  /** The JDK's look-up. A class, since a lambda would cost the first dial several milliseconds. */
  static final Resolver SYSTEM = new Resolver() {
    @Override
    public List<InetAddress> resolve(String host) throws IOException {
      return List.of(InetAddress.getAllByName(host));
    }
  };

  private final FutureTask<List<InetAddress>> task;

  Lookup(Resolver resolver, String host) {
    task = new FutureTask<>(new Callable<>() {
      @Override
      public List<InetAddress> call() throws IOException {
        return resolver.resolve(host);
      }
    });
  }

  /**
   * Waits for the addresses.
   *
   * @throws TimeoutException at the deadline
   * @throws InterruptedException if the thread was interrupted; the flag is cleared
   * @throws CancellationException if closed from another thread
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
