package dev.wireline.build;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each package may touch outside the library: sockets, threads and clocks in one package, the
 * logger in one class, streams in none of the grammars. Immutable.
 */
final class Reach {
  private static final Set<String> TOUCH_THE_WORLD = Set.of("net", "testing", "cli");

  private static final List<String> PLATFORM = List.of("java.", "javax.", "org.jspecify.");

  /** The one class that may use the flight recorder, which a program may lack. */
  private static final String RECORDS = "http.JfrCalls";

  private static final List<String> SOCKETS_THREADS_CLOCKS = List.of(
      "java.net.Socket",
      "java.net.ServerSocket",
      "java.net.DatagramSocket",
      "java.net.MulticastSocket",
      "java.net.URL",
      "java.net.URLConnection",
      "java.net.HttpURLConnection",
      "javax.net.SocketFactory",
      "javax.net.ServerSocketFactory",
      "javax.net.ssl.SSLSocket",
      "javax.net.ssl.SSLServerSocket",
      "javax.net.ssl.SSLSocketFactory",
      "javax.net.ssl.SSLServerSocketFactory",
      "javax.net.ssl.SSLEngine",
      "java.lang.Thread",
      "java.util.Timer",
      "java.util.concurrent.CompletableFuture",
      "java.util.concurrent.Executor",
      "java.util.concurrent.ExecutorService",
      "java.util.concurrent.Executors",
      "java.util.concurrent.ForkJoinPool",
      "java.util.concurrent.locks.LockSupport",
      "java.time.Clock");

  private static final String LOGGER = "internal.Log";

  /** Where a wait for another caller is interrupted, the thread's flag is set again. */
  private static final String WAITS = "pool";

  private static final String THREAD = "java.lang.Thread";
  private static final Set<String> FLAG = Set.of("currentThread", "interrupt");

  private final Layers layers;

  Reach(String root) {
    layers = new Layers(root);
  }

  /** Each touch that is not allowed as one line, sorted; empty when all is well. */
  Set<String> breaks(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      String name = layers.nameOf(type);
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> !target.isPrimitive() && layers.packageOf(target).isEmpty())
          .filter(target -> !mayUse(type, target.getName()))
          .forEach(target -> found.add(name + " uses " + target.getName()));
      if (!TOUCH_THE_WORLD.contains(layers.packageOf(type))) {
        type.getAccessesFromSelf().stream()
            .filter(Reach::readsAClock)
            .forEach(access -> found.add(name + " reads " + access.getTarget().getName()));
      }
      if (layers.packageOf(type).equals(WAITS)) {
        type.getAccessesFromSelf().stream()
            .filter(Reach::doesMoreThanInterrupt)
            .forEach(access ->
                found.add(name + " uses " + THREAD + "." + access.getTarget().getName()));
      }
    }
    return found;
  }

  private boolean mayUse(JavaClass user, String target) {
    String from = layers.packageOf(user);
    if (target.startsWith("org.slf4j.")) {
      return layers.nameOf(user).equals(LOGGER);
    }
    if (target.startsWith("jdk.jfr.")) {
      return layers.nameOf(user).startsWith(RECORDS);
    }
    if (target.startsWith("picocli.")) {
      return from.equals("cli");
    }
    if (PLATFORM.stream().noneMatch(target::startsWith)) {
      return false;
    }
    if (isSocketThreadOrClock(target)) {
      return TOUCH_THE_WORLD.contains(from) || (from.equals(WAITS) && target.equals(THREAD));
    }
    return !(Layers.GRAMMARS.contains(from) && isStream(target));
  }

  private static boolean isSocketThreadOrClock(String target) {
    int nested = target.indexOf('$');
    String outer = nested < 0 ? target : target.substring(0, nested);
    return target.startsWith("java.nio.channels.") || SOCKETS_THREADS_CLOCKS.contains(outer);
  }

  private static boolean isStream(String target) {
    return target.startsWith("java.nio.file.")
        || (target.startsWith("java.io.") && target.matches(".*(Stream|Reader|Writer|File)"));
  }

  private static boolean doesMoreThanInterrupt(JavaAccess<?> access) {
    return access.getTargetOwner().getName().equals(THREAD)
        && !FLAG.contains(access.getTarget().getName());
  }

  private static boolean readsAClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getTarget().getName();
    return owner.equals("java.lang.System")
        ? member.equals("nanoTime") || member.equals("currentTimeMillis")
        : owner.startsWith("java.time.") && member.equals("now");
  }
}
