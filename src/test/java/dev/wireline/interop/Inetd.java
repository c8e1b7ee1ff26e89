package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts a program for each connection, with the connection as its input and output, as inetd does. */
final class Inetd {
  /** Java hands no socket to a child, and some of these programs ask theirs for its peer. */
  private static final String LOOP = """
      use Socket;
      my ($port, @program) = @ARGV;
      socket(my $listening, PF_INET, SOCK_STREAM, 0) or die $!;
      setsockopt($listening, SOL_SOCKET, SO_REUSEADDR, 1);
      bind($listening, sockaddr_in($port, INADDR_LOOPBACK)) or die $!;
      listen($listening, 8) or die $!;
      $SIG{CHLD} = 'IGNORE';
      while (accept(my $caller, $listening)) {
        if (fork == 0) {
          open(STDIN, '<&', $caller);
          open(STDOUT, '>&', $caller);
          open(STDERR, '>&', $caller);
          exec @program;
        }
        close $caller;
      }
      """;

  private Inetd() {}

  /** A server that runs a program; {@code {port}} and {@code {folder}} in its arguments are filled in. */
  static RealServer start(ServerFolder folder, String... program) throws IOException {
    Endpoint port = FreePorts.take(1).get(0);
    List<String> arguments = new ArrayList<>(List.of("-e", LOOP, "" + port.port()));
    for (String each : program) {
      arguments.add(each.replace("{port}", "" + port.port())
          .replace("{folder}", folder.path().toString()));
    }
    return RealServer.start(folder, List.of(port), "perl", arguments.toArray(new String[0]));
  }
}
