package dev.wireline.testing;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A UDP server: an echo, or answers from a function; it can lose, duplicate and reorder datagrams.
 *
 * <p>Thread-safe. It serves any number of clients on one daemon thread, one datagram after another.
 *
 * <pre>{@code
 * try (DatagramServer server = DatagramServer.builder().dropFirst(2).start()) {
 *   // ask server.endpoint(): the third try is echoed
 * }
 * }</pre>
 */
public final class DatagramServer implements AutoCloseable {

  private static final int MAX_BYTES = 65_535;
  private static final Duration END_OF_THREAD = Duration.ofSeconds(5);

  private final DatagramSocket socket;
  private final DatagramSocket stranger;
  private final Function<byte[], List<byte[]>> answers;
  private final IntPredicate lost;
  private final List<byte[]> strange;
  private final int copies;
  private final boolean swaps;
  private final Thread thread;
  private final Guard guard = new Guard();
  private final FirstFailure failure = new FirstFailure();
  private final List<byte[]> requests = new ArrayList<>();
  private final List<SocketAddress> senders = new ArrayList<>();
  private List<DatagramPacket> held = List.of();

  private DatagramServer(DatagramSocket socket, DatagramSocket stranger, Builder builder) {
    this.socket = socket;
    this.stranger = stranger;
    this.answers = builder.answers;
    this.lost = builder.lost.get();
    this.strange = builder.strange;
    this.copies = builder.copies;
    this.swaps = builder.swaps;
    this.thread = new Thread(this::serve, "peer-server " + socket.getLocalSocketAddress());
    thread.setDaemon(true);
  }

  /**
   * Starts a server that sends each datagram back, on a free port of the loopback interface.
   *
   * @return a listening server
   * @throws IOException if it cannot listen
   */
  public static DatagramServer echo() throws IOException {
    return builder().start();
  }

  /**
   * Starts a server on a free port of the loopback interface.
   *
   * @param answers returns the answers to a request: none, one or several; what it throws becomes {@link
   *     #failure()}
   * @return a listening server
   * @throws IOException if it cannot listen
   */
  public static DatagramServer answering(Function<byte[], List<byte[]>> answers)
      throws IOException {
    return builder().answers(answers).start();
  }

  /**
   * Configures a server.
   *
   * @return a builder for an echo on the loopback interface that loses nothing
   */
  public static Builder builder() {
    return new Builder();
  }

  private void serve() {
    try {
      byte[] buffer = new byte[MAX_BYTES];
      for (int number = 1; ; number++) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] request = new byte[packet.getLength()];
        System.arraycopy(buffer, 0, request, 0, request.length);
        SocketAddress sender = packet.getSocketAddress();
        guard.change(() -> {
          requests.add(request);
          senders.add(sender);
        });
        if (!lost.test(number)) {
          answer(request, sender);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      failure.take(e);
    }
  }

  private void answer(byte[] request, SocketAddress sender) throws IOException {
    for (byte[] words : strange) {
      stranger.send(new DatagramPacket(words, words.length, sender));
    }
    List<DatagramPacket> packets = new ArrayList<>();
    for (byte[] answer : answers.apply(request)) {
      for (int i = 0; i < copies; i++) {
        packets.add(new DatagramPacket(answer, answer.length, sender));
      }
    }
    if (swaps && held.isEmpty()) {
      held = packets;
      return;
    }
    packets.addAll(held);
    held = List.of();
    for (DatagramPacket packet : packets) {
      socket.send(packet);
    }
  }

  /**
   * The endpoint at which the server listens.
   *
   * @return the endpoint; its host is an address
   */
  public Endpoint endpoint() {
    InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
    return Endpoint.tcp(local.getAddress().getHostAddress(), local.getPort());
  }

  /**
   * The datagrams received so far, in order, including dropped ones.
   *
   * @return a copy of the list
   */
  public List<byte[]> requests() {
    return guard.read(() -> List.copyOf(requests));
  }

  /**
   * Where each of the {@link #requests()} came from.
   *
   * @return a copy of the list
   */
  public List<SocketAddress> senders() {
    return guard.read(() -> List.copyOf(senders));
  }

  /**
   * Waits until a total number of datagrams has been received.
   *
   * @param count how many
   * @param atMost how long to wait
   * @throws AssertionError if there were fewer by then, or the thread was interrupted
   */
  public void awaitRequests(int count, Duration atMost) {
    if (!guard.awaitInTest(() -> requests.size() >= count, atMost)) {
      throw new AssertionError(
          requests().size() + " of " + count + " datagrams came within " + atMost);
    }
  }

  /**
   * The failure that ended the server: an exception or error of the answer function, or an answer that cannot
   * be sent.
   *
   * @return the failure; empty if there was none so far
   */
  public Optional<Throwable> failure() {
    return failure.get();
  }

  /**
   * Stops listening and ends the thread. Does nothing if called again.
   *
   * @throws IllegalStateException if the answer function does not end, or the thread was interrupted meanwhile;
   *     the port is free all the same
   */
  @Override
  public void close() {
    failure.close();
    socket.close();
    stranger.close();
    new Ending().join(List.of(thread), END_OF_THREAD);
  }

  /** Builds a server. Not thread-safe. */
  public static final class Builder {

    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private Function<byte[], List<byte[]>> answers = List::of;
    private Supplier<IntPredicate> lost = () -> number -> false;
    private List<byte[]> strange = List.of();
    private int copies = 1;
    private boolean swaps;

    private Builder() {}

    /**
     * Sets the answers, in place of an echo.
     *
     * @param given returns the answers to a request: none, one or several; what it throws becomes {@link
     *     DatagramServer#failure()}
     * @return this builder
     */
    public Builder answers(Function<byte[], List<byte[]>> given) {
      this.answers = Objects.requireNonNull(given, "given");
      return this;
    }

    /**
     * Drops the first requests.
     *
     * @param count how many, 0 or more
     * @return this builder
     * @throws IllegalArgumentException if it is less than 0
     */
    public Builder dropFirst(int count) {
      check("dropFirst", count, 0, Integer.MAX_VALUE);
      this.lost = () -> number -> number <= count;
      return this;
    }

    /**
     * Drops every second request, or every third, and so on.
     *
     * @param nth 1 for all, or more
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder dropEvery(int nth) {
      check("dropEvery", nth, 1, Integer.MAX_VALUE);
      this.lost = () -> number -> number % nth == 0;
      return this;
    }

    /**
     * Drops requests at random, the same ones for the same seed.
     *
     * @param percent the percentage, 0 to 100
     * @param seed any number
     * @return this builder
     * @throws IllegalArgumentException if the percentage is out of range
     */
    public Builder dropAtRandom(int percent, long seed) {
      check("dropAtRandom", percent, 0, 100);
      this.lost = () -> {
        Random random = new Random(seed);
        return number -> random.nextInt(100) < percent;
      };
      return this;
    }

    /**
     * Sends each answer several times.
     *
     * @param count how often, 1 or more
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder copies(int count) {
      check("copies", count, 1, Integer.MAX_VALUE);
      this.copies = count;
      return this;
    }

    /**
     * Holds back the answers to a request until those to the next one have been sent.
     *
     * @return this builder
     */
    public Builder swap() {
      this.swaps = true;
      return this;
    }

    /**
     * Sends a datagram from another port before the answers to each request.
     *
     * @param datagram what the stranger sends
     * @return this builder
     */
    public Builder stranger(byte[] datagram) {
      this.strange = List.of(datagram.clone());
      return this;
    }

    /**
     * Listens on another interface.
     *
     * @param local an address of this machine
     * @return this builder
     */
    public Builder address(InetAddress local) {
      this.address = Objects.requireNonNull(local, "local");
      return this;
    }

    /**
     * Listens on a particular port, for clients that cannot be configured.
     *
     * @param number 1 to 65535, or 0 for a free one (the default)
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder port(int number) {
      this.port = Listening.checkPort(number);
      return this;
    }

    private static void check(String setting, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            setting + " must be " + least + " to " + most + ", not " + value);
      }
    }

    /**
     * Starts the server.
     *
     * @return a listening server
     * @throws IOException if it cannot listen; nothing is left open
     */
    public DatagramServer start() throws IOException {
      InetSocketAddress free = new InetSocketAddress(address, 0);
      DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
      try {
        DatagramServer server = new DatagramServer(socket, new DatagramSocket(free), this);
        server.thread.start();
        return server;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
  }
}
