package dev.wireline.build;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of packages: each may use those above it, and nothing else. Immutable.
 *
 * <p>The root is an argument, so that the same rules judge the library and the classes under {@code
 * wrong} that break them.
 */
final class Layers {
  static final List<String> LADDER = List.of(
      "stability",
      "internal",
      "endpoint",
      "url",
      "error",
      "net",
      "pool",
      "line",
      "header",
      "sasl",
      "http.grammar",
      "http.cookie",
      "http",
      "http.cache",
      "websocket");
  static final Set<String> PROTOCOLS = Set.of(
      "smtp", "pop3", "imap", "nntp", "ftp", "gopher", "finger", "whois", "ident", "daytime",
      "time", "dict", "gemini", "telnet", "tftp", "sntp");
  static final Set<String> GRAMMARS =
      Set.of("url", "header", "sasl", "http.grammar", "http.cookie");

  /** What users cannot name. */
  static final Set<String> HIDDEN = Set.of("internal", "pool", "http.grammar", "cli");

  /** What uses the library as its users do. */
  private static final String PROGRAM = "cli";

  private static final Set<String> WITH_A_SOCKET = Set.of("net", "pool", "line");

  private final String root;

  Layers(String root) {
    this.root = root;
  }

  /** All packages, from the top of the table to its end. */
  static List<String> packages() {
    List<String> all = new ArrayList<>(LADDER);
    all.addAll(new TreeSet<>(PROTOCOLS));
    all.addAll(List.of("fetch", "testing", "cli"));
    return all;
  }

  /** Whether a class of the first package may use a class of the second. */
  static boolean allows(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    if (from.equals("testing")) {
      return to.equals("endpoint");
    }
    if (from.equals(PROGRAM) && HIDDEN.contains(to)) {
      return false;
    }
    if (GRAMMARS.contains(from) && WITH_A_SOCKET.contains(to)) {
      return false;
    }
    if (PROTOCOLS.contains(from) && (PROTOCOLS.contains(to) || isHttp(to))) {
      return false;
    }
    if (to.equals("testing") && !from.equals(PROGRAM)) {
      return false;
    }
    return packages().indexOf(to) < packages().indexOf(from);
  }

  /** HTTP is a protocol like the others; for {@code websocket} and {@code fetch} it is a base. */
  private static boolean isHttp(String name) {
    return name.equals("http") || name.startsWith("http.");
  }

  /**
   * The package that a class belongs to, as it is named below the root; empty for the root and for
   * foreigners. A package within a package stands for itself.
   */
  String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(root + ".") ? name.substring(root.length() + 1) : "";
  }

  /** The name of a class below the root, as messages show it. */
  String nameOf(JavaClass type) {
    String name = type.getName();
    return name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
  }

  /** Each break of the table as one line, sorted; empty when all is well. */
  Set<String> breaks(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      String from = packageOf(type);
      if (!packages().contains(from)) {
        found.add(nameOf(type) + " is in no package of the table");
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> (target.getPackageName() + ".").startsWith(root + "."))
          .filter(target -> !allows(from, packageOf(target)))
          .forEach(target -> found.add(nameOf(type) + " uses " + nameOf(target)));
    }
    return found;
  }
}
