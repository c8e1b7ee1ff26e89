package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor.Exports;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples, and their tests, stand on what the modules export, as any user does. */
class ExamplesTest {
  private static final String EXAMPLES = "dev.wireline.examples";

  @Test
  void useWhatIsExportedAlone() throws Exception {
    JavaClasses examples = new ClassFileImporter().importPackages(EXAMPLES);

    assertThat(examples).isNotEmpty();
    assertThat(hiddenUses(examples)).isEmpty();
  }

  @Test
  void wouldShowAClassThatUsesWhatIsHidden() throws Exception {
    JavaClasses user = new ClassFileImporter().importClasses(LayerTest.class);

    assertThat(hiddenUses(user))
        .contains("dev.wireline.build.LayerTest uses dev.wireline.internal.Log");
  }

  private static Set<String> hiddenUses(JavaClasses classes) throws URISyntaxException {
    Set<String> exported = exported();
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith("dev.wireline"))
          .filter(target -> !target.getPackageName().equals(EXAMPLES))
          .filter(target -> !exported.contains(target.getPackageName()))
          .forEach(target -> found.add(type.getName() + " uses " + target.getName()));
    }
    return found;
  }

  /** The packages that the compiled modules export to everybody. */
  private static Set<String> exported() throws URISyntaxException {
    return Compiled.modules().stream()
        .flatMap(module -> module.exports().stream())
        .filter(exports -> !exports.isQualified())
        .map(Exports::source)
        .collect(Collectors.toUnmodifiableSet());
  }
}
