package dev.wireline.build;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Looks at the finished jar as those who depend on it get it. */
class ArtifactIT {
  private static final long MAX_LIBRARY_BYTES = 512 * 1024;
  private static final long MAX_KIT_BYTES = 136 * 1024;
  private static final String KIT = "dev/wireline/testing/";
  private static final String COORDINATES = "META-INF/maven/dev.wireline/wireline/pom.properties";
  private static final int JAVA_17_CLASS_FILE = 61;

  @Test
  void staysSmall() throws Exception {
    long all = Files.size(Jars.wireline());
    long kit = sizeOfKit();

    assertThat(all - kit).isLessThan(MAX_LIBRARY_BYTES);
    assertThat(kit).isBetween(1L, MAX_KIT_BYTES);
  }

  /** What the test kit takes in the jar, without the two mentions of each name. */
  private static long sizeOfKit() throws IOException {
    try (JarFile jar = new JarFile(Jars.wireline().toFile())) {
      return jar.stream()
          .filter(entry -> entry.getName().startsWith(KIT))
          .mapToLong(JarEntry::getCompressedSize)
          .sum();
    }
  }

  @Test
  void requiresTheLoggerAndThePlatformAlone() {
    ModuleDescriptor module = descriptor();

    assertThat(module.isAutomatic()).isFalse();
    assertThat(module.requires())
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("java.base", "org.slf4j", "org.jspecify");
    assertThat(module.requires())
        .filteredOn(requires -> requires.modifiers().contains(STATIC))
        .extracting(Requires::name)
        .containsExactly("org.jspecify");
  }

  @Test
  void exportsAllPackagesButTheInternalOne() {
    ModuleDescriptor module = descriptor();
    List<String> exported = module.exports().stream().map(Exports::source).toList();

    assertThat(module.exports()).noneMatch(Exports::isQualified);
    assertThat(module.packages())
        .filteredOn(name -> !exported.contains(name))
        .containsExactly("dev.wireline.internal");
  }

  @Test
  void carriesItsLicenceAndItsVersion() throws Exception {
    try (JarFile jar = new JarFile(Jars.wireline().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      String version = manifest.getValue("Implementation-Version");
      assertThat(version).isNotBlank();
      JarEntry properties = jar.getJarEntry(COORDINATES);
      assertThat(jar.getInputStream(properties))
          .hasContent("groupId=dev.wireline\nartifactId=wireline\nversion=" + version + "\n");
      assertThat(manifest.getValue("Automatic-Module-Name")).isNull();
    }
  }

  @Test
  void runsOnJava17() throws Exception {
    try (JarFile jar = new JarFile(Jars.wireline().toFile());
        InputStream module = jar.getInputStream(jar.getEntry("module-info.class"))) {
      byte[] head = module.readNBytes(8);

      assertThat(head[7]).isEqualTo((byte) JAVA_17_CLASS_FILE);
    }
  }

  @Test
  void comesWithItsSourcesAndItsDocumentation() throws Exception {
    try (JarFile sources = new JarFile(Jars.wireline("sources").toFile());
        JarFile javadoc = new JarFile(Jars.wireline("javadoc").toFile())) {
      assertThat(sources.getEntry("module-info.java")).isNotNull();
      assertThat(javadoc.getEntry("index.html")).isNotNull();
    }
  }

  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(Jars.wireline()).find("dev.wireline").orElseThrow().descriptor();
  }
}
