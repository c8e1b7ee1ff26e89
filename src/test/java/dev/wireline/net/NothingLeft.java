package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test that leaves a descriptor or a thread of the library behind. */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(NothingLeft.class);

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    context.getStore(NAMESPACE).put("before", Leak.descriptors());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Long before = context.getStore(NAMESPACE).get("before", Long.class);
    assertThat(Leak.descriptors()).isEqualTo(before);
    assertThat(Leak.threads()).isEmpty();
  }
}
