package dev.wireline.cli;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.LocalFailureException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.ProxyException;
import dev.wireline.error.TlsException;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.error.WirelineException;
import dev.wireline.fetch.NotFoundException;
import dev.wireline.line.ReplyException;
import dev.wireline.smtp.SmtpExtensionException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;

/** How a command says to a script what became of it. */
final class ExitCode {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNRESOLVED = 3;
  static final int UNREACHABLE = 4;
  static final int PROXY = 5;
  static final int TLS = 6;
  static final int TIMEOUT = 7;
  static final int CUT = 8;
  static final int NONSENSE = 9;
  static final int LOCAL = 10;
  static final int DIFFERENT = 11;
  static final int INTERRUPTED = 130;
  static final int CLOSED_PIPE = 141;

  /** As the help shows them; the same table is in the guide. */
  static final List<Map.Entry<Integer, String>> TABLE = List.of(
      Map.entry(DONE, "done"),
      Map.entry(
          REFUSED, "the server refused: a status of 400 or above, a rejected login, nothing there"),
      Map.entry(USAGE, "the command is wrong; nothing was dialled"),
      Map.entry(UNRESOLVED, "the host name has no address"),
      Map.entry(UNREACHABLE, "nobody listens there, or the host cannot be reached"),
      Map.entry(PROXY, "the proxy refused"),
      Map.entry(TLS, "TLS failed, for example because the certificate is not trusted"),
      Map.entry(TIMEOUT, "a timeout"),
      Map.entry(CUT, "the connection was cut"),
      Map.entry(NONSENSE, "the server broke the protocol, or sent more than the limit"),
      Map.entry(LOCAL, "this host failed: a file, a port, a permission"),
      Map.entry(DIFFERENT, "the conversation differs from the script"),
      Map.entry(INTERRUPTED, "Ctrl-C"),
      Map.entry(CLOSED_PIPE, "nobody reads the output any more"));

  private static final List<Map.Entry<Class<? extends Throwable>, Integer>> KINDS = List.of(
      Map.entry(PipeOutput.ClosedException.class, CLOSED_PIPE),
      Map.entry(IllegalArgumentException.class, USAGE),
      Map.entry(ScriptDiffersException.class, DIFFERENT),
      Map.entry(SaidNoException.class, REFUSED),
      Map.entry(UnresolvedHostException.class, UNRESOLVED),
      Map.entry(LocalFailureException.class, LOCAL),
      Map.entry(ProxyException.class, PROXY),
      Map.entry(TlsException.class, TLS),
      Map.entry(DeadlineExceededException.class, TIMEOUT),
      Map.entry(ConnectFailedException.class, UNREACHABLE),
      Map.entry(ConnectionClosedException.class, CUT),
      Map.entry(ClientClosedException.class, CUT),
      Map.entry(PeerProtocolException.class, NONSENSE),
      Map.entry(LimitExceededException.class, NONSENSE),
      Map.entry(CallInterruptedException.class, INTERRUPTED),
      Map.entry(ClosedByInterruptException.class, INTERRUPTED),
      Map.entry(NotFoundException.class, REFUSED),
      Map.entry(ReplyException.class, REFUSED),
      Map.entry(SmtpExtensionException.class, REFUSED),
      Map.entry(WirelineException.class, NONSENSE));

  private ExitCode() {}

  /** The code of a failure. What no peer has to do with is one of this host. */
  static int of(Throwable failure) {
    return KINDS.stream()
        .filter(kind -> kind.getKey().isInstance(failure))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(LOCAL);
  }
}
