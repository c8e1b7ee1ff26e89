package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Content;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Transcript;
import dev.wireline.smtp.Delivery;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpOptions;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a mail. */
@Command(
    name = "mail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends what stands on standard input as a mail in plain text, by SMTP.",
    footer = {
      "",
      "Examples:",
      "  echo 'All well.' | wireline mail -f me@a.example -t you@b.example -s Report \\",
      "      -u me mail.a.example:587",
      "  wireline mail --whole -f me@a.example -t you@b.example localhost:25 < message.eml"
    })
final class Mail implements Callable<Integer> {
  private final Streams streams;

  @Parameters(
      paramLabel = "SERVER",
      description = "host:port, or tls://host:port; it turns to TLS unless the server is local.")
  String server = "";

  @Option(
      names = {"-f", "--from"},
      paramLabel = "ADDRESS",
      required = true,
      description = "The sender.")
  String from = "";

  @Option(
      names = {"-t", "--to"},
      paramLabel = "ADDRESS",
      required = true,
      description = "A recipient.")
  List<String> to = new ArrayList<>();

  @Option(
      names = {"-s", "--subject"},
      paramLabel = "TEXT",
      description = "The subject.")
  String subject = "";

  @Option(
      names = "--whole",
      description = "The input is a whole message, with its fields: send it as it is.")
  boolean whole;

  @Option(
      names = "--lmtp",
      description = "Speak LMTP, as servers do that keep mail and bring it to nobody else.")
  boolean lmtp;

  @Mixin
  Account account = new Account();

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the conversation on standard error, with secrets masked.")
  boolean verbose;

  @Mixin
  Connecting connecting = new Connecting();

  Mail(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Endpoint peer = Endpoint.parse(server, SmtpClient.PROTOCOL);
    Login login = account.login(streams);
    byte[] input = streams.in().readAllBytes();
    Content content = Content.of(
        whole
            ? input
            : new PlainMail(from, to, subject)
                .bytes(input, ZonedDateTime.now(ZoneId.systemDefault())));
    LineOptions lines =
        LineOptions.builder().dialer(connecting.dialer().build()).build();
    try (SmtpClient client =
        new SmtpClient(peer, SmtpOptions.builder().line(lines).lmtp(lmtp).build())) {
      if (verbose) {
        Transcript.of(client).tell(streams.err()::println);
      }
      if (login != null) {
        client.login(login.name(), login.password());
      }
      Delivery delivery = client.send(from, to, content);
      client.quit();
      delivery
          .refused()
          .forEach((recipient, no) ->
              streams.err().println("wireline: " + recipient + ": " + Failures.sentence(no)));
      return delivery.refused().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }
  }
}
