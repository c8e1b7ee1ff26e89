package dev.wireline.bench;

import dev.wireline.testing.TestCertificate;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;

/**
 * A server in a JVM of its own, so that its memory and its threads are not those of the client. It answers each
 * request after a while, or keeps the end of each answer back until it is told to go on. It ends with the JVM
 * that started it.
 */
final class ScaleServer implements Closeable {
  private static final int BACKLOG = 1000;
  private static final byte[] START = ascii(
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
  private static final byte[] END = ascii("0\r\n\r\n");
  static final byte[] SMALL = ascii(
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!");

  private final Process process;
  private final int port;

  private ScaleServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** A server that keeps the ends back; over TLS if a file for its certificate is given. */
  static ScaleServer holding(String certificate) throws IOException {
    return start("hold", certificate);
  }

  /** A server that answers in full, so many milliseconds later. */
  static ScaleServer answeringAfter(int millis) throws IOException {
    return start(Integer.toString(millis), "");
  }

  private static ScaleServer start(String mode, String certificate) throws IOException {
    ProcessBuilder builder =
        ScaleRun.java("-Xmx2g", "-Xss256k", ScaleServer.class, mode, certificate);
    Process process = builder.redirectError(Redirect.INHERIT).start();
    return new ScaleServer(
        process, Integer.parseInt(process.inputReader().readLine().strip()));
  }

  int port() {
    return port;
  }

  /** Sends the ends that were kept back, and from now on whole answers. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroy();
  }

  /**
   * Runs the server until its input ends.
   *
   * @param args {@code hold} or milliseconds, and where its certificate goes, or empty text for no TLS
   */
  public static void main(String[] args) throws IOException, CertificateEncodingException {
    CountDownLatch held = new CountDownLatch(1);
    ServerSocket listening = listen(args[1]);
    Thread accepting = new Thread(() -> accept(listening, args[0], held), "accepting");
    accepting.setDaemon(true);
    accepting.start();
    System.out.println(listening.getLocalPort());
    for (int octet = System.in.read(); octet >= 0; octet = System.in.read()) {
      held.countDown();
    }
  }

  private static ServerSocket listen(String certificate)
      throws IOException, CertificateEncodingException {
    InetAddress here = InetAddress.getLoopbackAddress();
    if (certificate.isEmpty()) {
      return new ServerSocket(0, BACKLOG, here);
    }
    TestCertificate own = TestCertificate.forHosts("127.0.0.1");
    String text = Base64.getMimeEncoder().encodeToString(own.authority().getEncoded());
    Files.writeString(
        Path.of(certificate),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    return own.serverContext().getServerSocketFactory().createServerSocket(0, BACKLOG, here);
  }

  private static void accept(ServerSocket listening, String mode, CountDownLatch held) {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        VirtualThreads.startOrPlain(() -> serve(socket, mode, held));
      }
    } catch (IOException e) {
      // Closed with the process.
    }
  }

  private static void serve(Socket socket, String mode, CountDownLatch held) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] request = new byte[1024];
      while (in.read(request) > 0) {
        if (mode.equals("hold") && held.getCount() > 0) {
          out.write(START);
          held.await();
          out.write(END);
        } else {
          pause(mode.equals("hold") ? 0 : Integer.parseInt(mode));
          out.write(SMALL);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    }
  }

  private static void pause(int millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
