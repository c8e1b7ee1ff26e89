package dev.wireline.bench;

import dev.wireline.line.LineClient;
import dev.wireline.line.Message;
import dev.wireline.line.Multiplexer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Many callers on one connection: the multiplexer beside a lock around a plain socket. */
final class SharingScale {
  private static final int CALLS = 40_000;

  private SharingScale() {}

  /** A question and its answer. */
  private interface Call {
    String run(String id) throws IOException;
  }

  /**
   * Prints the table.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    ScaleRun.head("threads", "a lock around it (calls a second)", "Multiplexer", "ratio");
    try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
        LineClient client = new LineClient("127.0.0.1:" + listening.getLocalPort())) {
      VirtualThreads.startOrPlain(() -> serve(listening));
      socket.setTcpNoDelay(true);
      BufferedReader in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      ReentrantLock lock = new ReentrantLock();
      Call locked = id -> {
        lock.lock();
        try {
          socket.getOutputStream().write((id + " x\r\n").getBytes(StandardCharsets.US_ASCII));
          return in.readLine();
        } finally {
          lock.unlock();
        }
      };
      Multiplexer<String> shared = Multiplexer.of(
          client, client::readLine, line -> Optional.of(line.substring(0, line.indexOf(' '))));
      Call multiplexed = id -> shared.call(id, Message.of().line(id + " x"));
      for (int threads : new int[] {1, 8, 64}) {
        double plain = 0;
        double ours = 0;
        for (int round = 0; round < 3; round++) {
          plain = Math.max(plain, rate(threads, locked));
          ours = Math.max(ours, rate(threads, multiplexed));
        }
        ScaleRun.row(threads, plain, ours, ours / plain);
      }
    }
  }

  private static void serve(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        VirtualThreads.startOrPlain(() -> echo(socket));
      }
    } catch (IOException e) {
      // Closed: all was measured.
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static double rate(int count, Call call) throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      Thread thread = new Thread(() -> calls(call, number, CALLS / count), "caller");
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return CALLS / ((System.nanoTime() - start) / 1e9);
  }

  private static void calls(Call call, int number, int count) {
    try {
      for (int i = 0; i < count; i++) {
        call.run(number + "-" + i);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
