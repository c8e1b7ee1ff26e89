package dev.wireline.ftp;

import dev.wireline.error.WirelineException;
import dev.wireline.line.Command;
import dev.wireline.line.Reply;
import dev.wireline.net.Acceptor;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data connections of a client, one at a time: who connects to whom, and the commands that say so. */
final class DataConnections {
  private final FtpClient client;
  private final FinalReplies replies;
  private final FtpMode mode;

  /** Whether EPSV and EPRT are still tried first. */
  private boolean extended;

  private volatile @Nullable Transfer latest;

  DataConnections(FtpClient client, FinalReplies replies, FtpMode mode) {
    this.client = client;
    this.replies = replies;
    this.mode = mode;
    this.extended = mode != FtpMode.PASV;
  }

  /** Starts over on a new control connection, whose server may know more commands. */
  void forget() {
    extended = mode != FtpMode.PASV;
    latest = null;
  }

  /**
   * Begins a transfer.
   *
   * @param command the command that begins it
   * @param offset how many bytes of the file to skip
   * @param secure whether the data is sent over TLS
   * @throws FtpException if the server refuses; nothing is open, and the next command may follow
   */
  Transfer begin(Command command, long offset, boolean secure) throws IOException {
    Transfer begun = mode == FtpMode.ACTIVE
        ? calledBack(command, offset, secure)
        : connected(command, offset, secure);
    latest = begun;
    return begun;
  }

  /** The transfer that was begun last. */
  Transfer latest() {
    return Objects.requireNonNull(latest, "no transfer was begun");
  }

  /** Cuts the data connection of the running transfer. */
  void abort() {
    Transfer now = latest;
    if (now != null) {
      now.abort();
    }
  }

  private Transfer connected(Command command, long offset, boolean secure) throws IOException {
    Wire data = client.second(passivePort());
    try {
      return secured(data, ask(command, offset), secure);
    } catch (Throwable e) {
      data.close();
      throw e;
    }
  }

  private Transfer calledBack(Command command, long offset, boolean secure) throws IOException {
    try (Acceptor acceptor = client.callBack()) {
      announce(acceptor.address());
      Reply begun = ask(command, offset);
      Wire data = accept(acceptor);
      try {
        return secured(data, begun, secure);
      } catch (Throwable e) {
        data.close();
        throw e;
      }
    }
  }

  private Reply ask(Command command, long offset) throws IOException {
    if (offset > 0) {
      replies.ask(Command.of("REST").number(offset), 350);
    }
    return replies.ask(command, 125, 150);
  }

  private Transfer secured(Wire data, Reply begun, boolean secure) throws IOException {
    if (secure) {
      try {
        data.startTls();
      } catch (WirelineException e) {
        data.close();
        throw answered(e);
      }
    }
    return new Transfer(data, replies, begun);
  }

  private Wire accept(Acceptor acceptor) throws IOException {
    try {
      return acceptor.accept();
    } catch (WirelineException e) {
      acceptor.close();
      throw answered(e);
    }
  }

  /** What the server says about a failed data connection takes precedence over the failure. */
  private IOException answered(WirelineException failure) {
    try {
      replies.expect(226, 250);
    } catch (FtpException no) {
      no.addSuppressed(failure);
      return no;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private int passivePort() throws IOException {
    if (extended) {
      int port = extendedPort();
      if (port != PortReply.NONE) {
        return port;
      }
      extended = false;
    }
    Reply reply = replies.ask(Command.of("PASV"), 227);
    int port = PortReply.classic(reply.text());
    if (port == PortReply.NONE) {
      throw client.unreadable("227 tells a port as six numbers (RFC 959, section 4.1.2)", reply);
    }
    return port;
  }

  /** Servers without EPSV show it by a refusal, by answering as to PASV, or by nonsense. */
  private int extendedPort() throws IOException {
    try {
      Reply reply = replies.ask(Command.of("EPSV"), 229, 227);
      return reply.code() == 229
          ? PortReply.extended(reply.text())
          : PortReply.classic(reply.text());
    } catch (FtpException e) {
      checkUnknown(e);
      return PortReply.NONE;
    }
  }

  private void announce(InetSocketAddress address) throws IOException {
    if (extended) {
      try {
        replies.ask(Command.of("EPRT").atom(PortReply.extended(address)), 200);
        return;
      } catch (FtpException e) {
        checkUnknown(e);
        extended = false;
      }
    }
    if (!(address.getAddress() instanceof Inet4Address)) {
      throw new IllegalStateException("a server without EPRT cannot call back over IPv6");
    }
    replies.ask(Command.of("PORT").atom(PortReply.classic(address)), 200);
  }

  /** Returns if the server does not know the command; otherwise rethrows. */
  private static void checkUnknown(FtpException e) throws FtpException {
    if (e.code() / 100 != 5) {
      throw e;
    }
  }
}
