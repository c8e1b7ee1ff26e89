package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a native image has to be told of: it keeps no class, member or resource that is looked up by its name. */
class NativeImageTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path TOLD =
      RESOURCES.resolve("META-INF/native-image/dev.wireline/wireline/resource-config.json");
  private static final Set<String> LOOKUPS = Set.of(
      "java.lang.Class.forName",
      "java.lang.Class.getConstructor",
      "java.lang.Class.getDeclaredConstructor",
      "java.lang.Class.getDeclaredField",
      "java.lang.Class.getDeclaredMethod",
      "java.lang.Class.getField",
      "java.lang.Class.getMethod",
      "java.lang.ClassLoader.loadClass",
      "java.lang.reflect.Proxy.newProxyInstance",
      "java.util.ServiceLoader.load",
      "java.io.ObjectInputStream.readObject");

  @Test
  void nothingIsLookedUpByItsName() throws Exception {
    List<String> found = Compiled.classes().stream()
        .filter(type -> !type.getPackageName().startsWith("dev.wireline.cli"))
        .flatMap(NativeImageTest::lookups)
        .toList();

    assertThat(found).isEmpty();
  }

  private static Stream<String> lookups(JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .filter(access -> LOOKUPS.contains(name(access.getTarget())))
        .map(JavaAccess::getDescription);
  }

  private static String name(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  @Test
  void eachResourceIsListed() throws IOException {
    JsonNode told = new ObjectMapper().readTree(TOLD.toFile()).at("/resources/includes");

    try (Stream<Path> files = Files.walk(RESOURCES.resolve("dev"))) {
      assertThat(files
              .filter(Files::isRegularFile)
              .map(file -> RESOURCES.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(told.findValuesAsText("pattern"));
    }
  }
}
