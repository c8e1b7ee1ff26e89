package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Tls;
import dev.wireline.testing.ServerBuilder;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all servers: where they listen, and TLS. */
final class Listen {
  private static final int PEM_COLUMNS = 64;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Listen on this port; on a free one unless set.")
  int port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description =
          "Listen on this address of the host, 0.0.0.0 for all; on the loopback unless set.")
  @Nullable
  String address;

  @Option(names = "--unix", description = "Listen on a Unix socket in a new folder.")
  boolean unix;

  @Option(
      names = "--tls",
      description = "Speak TLS from the first byte, with a certificate that is made for it.")
  boolean tls;

  @Option(
      names = "--save-ca",
      paramLabel = "FILE",
      description = "Write the authority of that certificate in PEM, for the client to trust.")
  @Nullable
  Path authority;

  private @Nullable TestCertificate certificate;

  <B extends ServerBuilder<B>> B apply(B builder) throws IOException {
    builder.port(port);
    if (address != null) {
      builder.address(InetAddress.getByName(address));
    }
    if (unix) {
      builder.unix();
    }
    if (tls || authority != null) {
      builder.tls(certificate());
    }
    return builder;
  }

  TestCertificate certificate() throws IOException {
    if (certificate == null) {
      certificate = address == null || InetAddress.getByName(address).isAnyLocalAddress()
          ? TestCertificate.forHosts()
          : TestCertificate.forHosts(address);
    }
    if (authority != null) {
      Files.writeString(authority, pem(certificate), StandardCharsets.US_ASCII);
    }
    return certificate;
  }

  private static String pem(TestCertificate shown) {
    try {
      byte[] newline = {'\n'};
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(PEM_COLUMNS, newline)
              .encodeToString(shown.authority().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says where the server is; the endpoint is the last word of the first line, for scripts. */
  void announce(String what, Endpoint endpoint, Streams streams) throws IOException {
    streams.line(what + " at " + endpoint);
    if (certificate != null) {
      streams.line("its key is " + Tls.pin(certificate.certificate()));
    }
  }

  /** Waits for Ctrl-C. */
  int untilInterrupted() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // That is how a server is ended; there is nothing that this thread still has to do.
      return ExitCode.DONE;
    }
    return ExitCode.DONE;
  }
}
