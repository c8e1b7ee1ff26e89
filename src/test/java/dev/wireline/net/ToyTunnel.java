package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.ProxyException;
import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connector of the simplest kind: {@code TO host:port}, and the proxy says OK or why not. */
final class ToyTunnel implements Connector {
  private static final Activity ASKING = new Activity(Phase.PROXY, "asking the toy proxy for");

  private final Endpoint proxy;
  private final List<Endpoint> targets = new ArrayList<>();

  ToyTunnel(Endpoint proxy) {
    this.proxy = proxy;
  }

  /** The targets that this connector was asked about. */
  List<Endpoint> targets() {
    return targets;
  }

  @Override
  public Endpoint proxy(Endpoint target) {
    targets.add(target);
    return proxy;
  }

  @Override
  public void open(Wire wire, Endpoint target, Deadline deadline) throws IOException {
    byte[] question =
        ("TO " + target.host() + ":" + target.port() + "\n").getBytes(StandardCharsets.US_ASCII);
    wire.output().write(question, 0, question.length, deadline, ASKING);
    WireInput input = wire.input();
    int end = input.indexOf((byte) '\n', 0);
    while (end < 0) {
      if (!input.fill(1024, deadline, ASKING)) {
        throw new ProxyException(target, "the proxy at " + proxy + " hung up", null);
      }
      end = input.indexOf((byte) '\n', 0);
    }
    String answer = input.text(0, end, StandardCharsets.US_ASCII);
    input.consume(end + 1);
    if (!answer.equals("OK")) {
      throw new ProxyException(
          target, "the proxy at " + proxy + " said " + Quoted.text(answer), null);
    }
  }
}
