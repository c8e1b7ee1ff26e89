package dev.wireline.cli;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.url.PercentCoding;
import dev.wireline.url.ServerUrl;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A place on an FTP server, and how to get there; the options of the commands for files. */
final class FtpPlace {
  @Mixin
  Account account = new Account();

  @Option(
      names = "--tls",
      description = "Turn the connection into a TLS one (AUTH TLS) before the login.")
  boolean tls;

  @Option(
      names = "--clear-password",
      description = "Let the password leave without TLS, to be read by all on the way.")
  boolean clear;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the conversation on standard error, with secrets masked.")
  boolean verbose;

  @Mixin
  Connecting connecting = new Connecting();

  /** Connects and logs in; closed again if that fails. */
  FtpClient open(ServerUrl url, Streams streams) throws IOException {
    LineOptions lines =
        LineOptions.builder().dialer(connecting.dialer().build()).build();
    FtpOptions options = FtpOptions.builder()
        .line(lines)
        .tlsPolicy(tls ? TlsPolicy.REQUIRED : TlsPolicy.IF_OFFERED)
        .clearPasswords(clear)
        .build();
    FtpClient client = new FtpClient(url.endpoint(), options);
    try {
      if (verbose) {
        Transcript.of(client).tell(streams.err()::println);
      }
      logIn(client, url, streams);
      return client;
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private void logIn(FtpClient client, ServerUrl url, Streams streams) throws IOException {
    Login login = account.login(streams);
    if (login != null) {
      client.login(login.name(), login.password());
    } else if (url.user().isPresent()) {
      client.login(url.user().get(), url.password().orElse(""));
    } else {
      client.loginAnonymously();
    }
  }

  static ServerUrl url(String text) {
    return ServerUrl.parse(text, FtpClient.PROTOCOL);
  }

  /** The path on the server: relative to the folder of the login, unless it begins with %2F. */
  static String path(ServerUrl url) {
    String target = url.target();
    return PercentCoding.decodeText(target.startsWith("/") ? target.substring(1) : target);
  }
}
