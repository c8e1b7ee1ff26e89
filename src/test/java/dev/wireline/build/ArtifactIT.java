package dev.wireline.build;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static java.lang.module.ModuleDescriptor.Requires.Modifier.TRANSITIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at the finished jars as those who depend on them get them. */
class ArtifactIT {
  private static final long MAX_LIBRARY_BYTES = 1160 * 1024;
  private static final long MAX_KIT_BYTES = 210 * 1024;
  private static final long MAX_COMMAND_LINE_BYTES = 1960 * 1024;
  private static final String LIBRARY = "dev.wireline";
  private static final String KIT = "dev.wireline.testing";
  private static final String COORDINATES = "META-INF/maven/dev.wireline/wireline/pom.properties";
  private static final int JAVA_17_CLASS_FILE = 61;

  static Stream<Path> jars() {
    return Stream.of(Jars.wireline(), Jars.kit());
  }

  @Test
  void staySmall() throws Exception {
    assertThat(Files.size(Jars.wireline())).isLessThan(MAX_LIBRARY_BYTES);
    assertThat(Files.size(Jars.kit())).isLessThan(MAX_KIT_BYTES);
    assertThat(Files.size(Jars.commandLine())).isLessThan(MAX_COMMAND_LINE_BYTES);
  }

  @Test
  void theLibraryRequiresTheLoggerAndThePlatformAlone() {
    ModuleDescriptor library = descriptor(Jars.wireline(), LIBRARY);

    assertThat(library.requires())
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("java.base", "org.slf4j", "org.jspecify", "jdk.jfr");
    assertThat(library.requires())
        .filteredOn(requires -> requires.modifiers().contains(STATIC))
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("org.jspecify", "jdk.jfr");
  }

  @Test
  void theLibraryExportsAllPackagesButTheHiddenOnes() {
    ModuleDescriptor library = descriptor(Jars.wireline(), LIBRARY);
    List<String> exported = library.exports().stream().map(Exports::source).toList();

    assertThat(library.exports()).noneMatch(Exports::isQualified);
    assertThat(library.packages())
        .doesNotContain(KIT)
        .filteredOn(name -> !exported.contains(name))
        .containsExactlyInAnyOrder(
            "dev.wireline.internal", "dev.wireline.pool", "dev.wireline.http.grammar");
  }

  @Test
  void theKitRequiresTheLibraryAndThePlatformAlone() {
    ModuleDescriptor kit = descriptor(Jars.kit(), KIT);

    assertThat(kit.requires())
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("java.base", LIBRARY, "org.jspecify");
    assertThat(kit.requires())
        .filteredOn(requires -> requires.modifiers().contains(TRANSITIVE))
        .extracting(Requires::name)
        .containsExactly(LIBRARY);
    assertThat(kit.requires())
        .filteredOn(requires -> requires.modifiers().contains(STATIC))
        .extracting(Requires::name)
        .containsExactly("org.jspecify");
  }

  @Test
  void theKitIsOnePackage() {
    ModuleDescriptor kit = descriptor(Jars.kit(), KIT);

    assertThat(kit.exports()).noneMatch(Exports::isQualified);
    assertThat(kit.exports()).extracting(Exports::source).containsExactly(KIT);
    assertThat(kit.packages()).containsExactly(KIT);
  }

  @ParameterizedTest
  @MethodSource("jars")
  void carriesItsLicenceAndItsVersion(Path file) throws Exception {
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
      assertThat(manifest.getValue("Automatic-Module-Name")).isNull();
    }
  }

  @Test
  void theCommandLineHasAllItNeedsInsideAndNothingElse() throws Exception {
    try (JarFile jar = new JarFile(Jars.commandLine().toFile())) {
      List<String> names = jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .toList();

      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("dev.wireline.cli.Main");
      assertThat(names.stream().filter(name -> name.endsWith(".class")))
          .allMatch(name -> name.startsWith("dev/wireline/")
              || name.startsWith("org/slf4j/")
              || name.startsWith("picocli/"))
          .contains("dev/wireline/line/LineClient.class")
          .contains("dev/wireline/testing/ScriptedServer.class")
          .contains("org/slf4j/nop/NOPServiceProvider.class")
          .noneMatch(name -> name.endsWith("module-info.class"));
      assertThat(names.stream().filter(name -> !name.endsWith(".class")))
          .containsExactlyInAnyOrder(
              "META-INF/MANIFEST.MF",
              "META-INF/LICENSE",
              "META-INF/licenses/picocli.txt",
              "META-INF/licenses/slf4j.txt",
              "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
              COORDINATES,
              "META-INF/native-image/dev.wireline/wireline/resource-config.json",
              "dev/wireline/endpoint/hosts.table");
    }
  }

  @Test
  void theCommandLineHasWhatWasCompiledForThisBuild() throws Exception {
    List<Path> compiled = Stream.of("classes", "kit-classes", "cli-classes")
        .map(Jars.wireline()::resolveSibling)
        .toList();
    try (JarFile jar = new JarFile(Jars.commandLine().toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .filteredOn(name -> name.startsWith("dev/wireline/") && name.endsWith(".class"))
          .allMatch(
              name -> compiled.stream().anyMatch(folder -> Files.exists(folder.resolve(name))));
    }
  }

  @Test
  void theLibraryCarriesItsCoordinates() throws Exception {
    try (JarFile jar = new JarFile(Jars.wireline().toFile())) {
      String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
      JarEntry properties = jar.getJarEntry(COORDINATES);

      assertThat(jar.getInputStream(properties))
          .hasContent("groupId=dev.wireline\nartifactId=wireline\nversion=" + version + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void runsOnJava17(Path file) throws Exception {
    try (JarFile jar = new JarFile(file.toFile());
        InputStream module = jar.getInputStream(jar.getEntry("module-info.class"))) {
      byte[] head = module.readNBytes(8);

      assertThat(head[7]).isEqualTo((byte) JAVA_17_CLASS_FILE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sources, javadoc, dev/wireline/line/LineClient",
    "testing-sources, testing-javadoc, dev/wireline/testing/ScriptedServer"
  })
  void comesWithItsSourcesAndItsDocumentation(String source, String documentation, String type)
      throws Exception {
    try (JarFile sources = new JarFile(Jars.wireline(source).toFile());
        JarFile javadoc = new JarFile(Jars.wireline(documentation).toFile())) {
      assertThat(sources.getEntry("module-info.java")).isNotNull();
      assertThat(sources.getEntry(type + ".java")).isNotNull();
      assertThat(javadoc.getEntry("index.html")).isNotNull();
      assertThat(javadoc.stream().map(JarEntry::getName))
          .anyMatch(name -> name.endsWith(type + ".html"));
    }
  }

  private static ModuleDescriptor descriptor(Path jar, String name) {
    ModuleDescriptor module = ModuleFinder.of(jar).find(name).orElseThrow().descriptor();
    assertThat(module.isAutomatic()).isFalse();
    return module;
  }
}
