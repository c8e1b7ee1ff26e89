package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.EchoServer;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** Installs the finished jars in an OSGi framework, which gives them slf4j and the platform. */
class BundleIT {
  private static final int MAX_MILLIS = 30_000;

  @TempDir
  Path folder;

  private Framework framework;

  @BeforeEach
  void start() throws Exception {
    framework = new FrameworkFactory()
        .newFramework(Map.of(
            Constants.FRAMEWORK_STORAGE,
            folder.toString(),
            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
            "org.slf4j;version=2.0.18"));
    framework.start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(MAX_MILLIS);
  }

  @Test
  void bothBundlesResolveAndTalk() throws Exception {
    Bundle library = install(Jars.wireline());
    Bundle kit = install(Jars.kit());

    library.start();
    kit.start();

    assertThat(library.getSymbolicName()).isEqualTo("dev.wireline");
    assertThat(kit.getSymbolicName()).isEqualTo("dev.wireline.testing");
    assertThat(echoed(library, kit)).isEqualTo("hello");
  }

  /** What a client of one bundle hears from a server of the other. */
  private static Object echoed(Bundle library, Bundle kit) throws Exception {
    Class<?> servers = kit.loadClass(EchoServer.class.getName());
    Class<?> clients = library.loadClass("dev.wireline.line.LineClient");
    assertThat(servers).isNotEqualTo(EchoServer.class);
    try (AutoCloseable server = (AutoCloseable) servers.getMethod("start").invoke(null)) {
      Object endpoint = servers.getMethod("endpoint").invoke(server);
      Class<?> endpoints = library.loadClass(Endpoint.class.getName());
      try (AutoCloseable client =
          (AutoCloseable) clients.getConstructor(endpoints).newInstance(endpoint)) {
        clients.getMethod("writeLine", String.class).invoke(client, "hello");
        return clients.getMethod("readLine").invoke(client);
      }
    }
  }

  @Test
  void exportTheirPackagesAsTheModulesDo() throws Exception {
    for (Path jar : List.of(Jars.wireline(), Jars.kit())) {
      List<String> module =
          ModuleFinder.of(jar).findAll().iterator().next().descriptor().exports().stream()
              .map(Exports::source)
              .toList();

      String header = install(jar).getHeaders().get(Constants.EXPORT_PACKAGE);
      List<String> bundle = Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(",", -1))
          .map(clause -> clause.split(";", 2)[0])
          .toList();

      assertThat(bundle).containsExactlyInAnyOrderElementsOf(module);
    }
  }

  private Bundle install(Path jar) throws Exception {
    return framework.getBundleContext().installBundle(jar.toUri().toString());
  }
}
