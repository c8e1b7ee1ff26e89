package dev.wireline.http;

import dev.wireline.internal.Ascii;
import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/** What this library calls itself (RFC 9110, section 10.1.5). */
final class UserAgent {
  /** Name and version; without the version if the classes do not come from a jar that names it. */
  static final String STANDARD = standard(UserAgent.class);

  private static final String NAME = "Wireline";

  private UserAgent() {}

  private static String standard(Class<?> own) {
    String version = version(own);
    return version != null && Ascii.isToken(version) ? NAME + "/" + version : NAME;
  }

  /** That of the module; on the class path that of the jar, if it is ours and not one that others repackaged. */
  private static @Nullable String version(Class<?> own) {
    ModuleDescriptor module = own.getModule().getDescriptor();
    if (module != null) {
      return module.rawVersion().orElse(null);
    }
    Package jar = own.getPackage();
    return NAME.equals(jar.getImplementationTitle()) ? jar.getImplementationVersion() : null;
  }
}
