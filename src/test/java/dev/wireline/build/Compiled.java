package dev.wireline.build;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.wireline.internal.Log;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build compiles beside the tests: the library, the test kit and the command line, a folder each. */
final class Compiled {
  private Compiled() {}

  /** The classes of all. */
  static JavaClasses classes() throws URISyntaxException {
    return new ClassFileImporter().importPaths(folders());
  }

  /** The modules of the library and of the kit; the programs are in none. */
  static List<ModuleDescriptor> modules() throws URISyntaxException {
    return ModuleFinder.of(folders().toArray(Path[]::new)).findAll().stream()
        .map(ModuleReference::descriptor)
        .toList();
  }

  /** A build that compiles everything into one folder has that one alone. */
  private static List<Path> folders() throws URISyntaxException {
    Path library =
        Path.of(Log.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Stream.of(
            library, library.resolveSibling("kit-classes"), library.resolveSibling("cli-classes"))
        .filter(Files::isDirectory)
        .toList();
  }
}
