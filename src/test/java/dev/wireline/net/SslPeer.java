package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server for one connection on the JDK's own TLS socket: other code than the test kit's, and able to
 * do what a well-behaved server does not.
 */
final class SslPeer implements Closeable {

  /** What it does with the connection: over TLS, or below it. */
  interface Talk {
    void with(SSLSocket tls, Socket below) throws Exception;
  }

  private final ServerSocket server;
  private final FutureTask<Boolean> task;
  private final Thread thread;
  private volatile Socket accepted = new Socket();

  private SslPeer(SSLContext context, String protocol, Talk talk) throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    task = new FutureTask<>(() -> {
      serve(context, protocol, talk);
      return true;
    });
    thread = new Thread(task, "ssl-peer");
  }

  /** Speaks one version, {@code TLSv1.2} or {@code TLSv1.3}. */
  static SslPeer start(String protocol, Talk talk) throws IOException {
    return start(Carrier.CERTIFICATE.serverContext(), protocol, talk);
  }

  static SslPeer start(SSLContext context, String protocol, Talk talk) throws IOException {
    SslPeer peer = new SslPeer(context, protocol, talk);
    peer.thread.start();
    return peer;
  }

  private void serve(SSLContext context, String protocol, Talk talk) throws Exception {
    try (Socket below = server.accept()) {
      accepted = below;
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(below, null, false);
      tls.setEnabledProtocols(new String[] {protocol});
      talk.with(tls, below);
    }
  }

  Endpoint endpoint() {
    return Endpoint.tls("127.0.0.1", server.getLocalPort());
  }

  /** Waits for the end of the talk and throws what it threw. */
  void awaitEnd() throws Exception {
    try {
      task.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the server failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the server did not end", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    accepted.close();
    try {
      thread.join(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
