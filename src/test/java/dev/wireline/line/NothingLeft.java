package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.Background.Kind;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test that leaves a thread, a socket or a selector behind. */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(NothingLeft.class);
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    // The JDK keeps descriptors of its own from the first socket that was closed, and from the
    // first virtual thread that waited in a selector.
    SocketChannel.open().close();
    for (Kind kind : Kind.available()) {
      Background.start(kind, NothingLeft::waitInASelector).result();
    }
    context.getStore(NAMESPACE).put("before", descriptors());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("peer-server ") || name.equals(Background.NAME));
    Long before = context.getStore(NAMESPACE).get("before", Long.class);
    assertThat(descriptors()).as("sockets and selectors").isLessThanOrEqualTo(before);
  }

  private static int waitInASelector() throws IOException {
    try (Selector selector = Selector.open()) {
      return selector.select(1);
    }
  }

  /** Counts sockets and selectors; 0 where the platform does not list them. */
  private static long descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(NothingLeft::isOfANetwork).count();
    }
  }

  private static boolean isOfANetwork(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.startsWith("anon_inode:[event");
    } catch (IOException e) {
      return false;
    }
  }
}
