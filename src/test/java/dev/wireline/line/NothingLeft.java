package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test that leaves a thread, a socket or a selector behind. */
public final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(NothingLeft.class);

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    // The JDK keeps descriptors of its own from the first socket that was closed, and from the
    // first virtual thread that waited in a selector.
    SocketChannel.open().close();
    for (ThreadKind kind : ThreadKind.available()) {
      Caller.start(kind, NothingLeft::waitInASelector).result();
    }
    context.getStore(NAMESPACE).put("before", Leftovers.descriptors());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Leftovers.assertNoThreads();
    Long before = context.getStore(NAMESPACE).get("before", Long.class);
    assertThat(Leftovers.descriptors()).as("sockets and selectors").isLessThanOrEqualTo(before);
  }

  private static int waitInASelector() throws IOException {
    try (Selector selector = Selector.open()) {
      return selector.select(1);
    }
  }
}
