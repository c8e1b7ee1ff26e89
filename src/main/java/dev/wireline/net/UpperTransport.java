package dev.wireline.net;

import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A transport on top of another, whose socket it waits for. */
abstract class UpperTransport implements Transport {
  final Transport below;

  UpperTransport(Transport below) {
    this.below = below;
  }

  @Override
  public final long sent() {
    return below.sent();
  }

  @Override
  public void awaitInput(long nanos) throws IOException {
    below.awaitInput(nanos);
  }

  @Override
  public final void wakeInput() {
    below.wakeInput();
  }

  @Override
  public final void awaitOutput(long nanos) throws IOException {
    below.awaitOutput(nanos);
  }

  @Override
  public final void awaitEither(long nanos) throws IOException {
    below.awaitEither(nanos);
  }

  @Override
  public final boolean isClosed() {
    return below.isClosed();
  }

  @Override
  public void close() {
    below.close();
  }

  @Override
  public final void reset() {
    below.reset();
  }

  @Override
  public Optional<SSLSession> session() {
    return below.session();
  }

  @Override
  public Optional<String> applicationProtocol() {
    return below.applicationProtocol();
  }
}
