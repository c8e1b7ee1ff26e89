package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.wireline.internal.Log;
import dev.wireline.testing.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the table of packages, and shows with classes that break it that it is held. */
class LayerTest {
  private static final String LIBRARY = "dev.wireline";
  private static final String[] ONE_OF_EACH = {
    Log.class.getName(), ScriptedServer.class.getName(), "dev.wireline.cli.Main"
  };
  private static final String WRONG = "dev.wireline.build.wrong";

  @Test
  void eachPackageUsesOnlyThoseAboveIt() throws Exception {
    JavaClasses classes = Compiled.classes();

    assertThat(classes).extracting(JavaClass::getName).contains(ONE_OF_EACH);
    assertThat(new Layers(LIBRARY).breaks(classes)).isEmpty();
  }

  @Test
  void socketsThreadsClocksAndTheLoggerStayWhereTheyBelong() throws Exception {
    assertThat(new Reach(LIBRARY).breaks(Compiled.classes())).isEmpty();
  }

  @Test
  void theTableHasNoTwoPackagesThatUseEachOther() {
    List<String> packages = Layers.packages();

    for (String one : packages) {
      for (String other : packages) {
        assertThat(one.equals(other) || !Layers.allows(one, other) || !Layers.allows(other, one))
            .as("%s and %s", one, other)
            .isTrue();
      }
    }
  }

  @Test
  void findsEachArrowThatIsTurnedRound() {
    assertThat(new Layers(WRONG).breaks(wrong()))
        .containsExactly(
            "Stray is in no package of the table",
            "cli.Peeks uses internal.Log",
            "endpoint.DialsItself uses net.Link",
            "header.ReadsALine uses line.Chat",
            "http.TestsItself uses fetch.Links",
            "http.TestsItself uses testing.Server",
            "http.cookie.Crumbs uses http.Asks",
            "http.grammar.ReadsAHead uses http.Asks",
            "http.grammar.ReadsAHead uses net.Link",
            "http.odd.Unlisted is in no package of the table",
            "odd.Unlisted is in no package of the table",
            "pool.KnowsAProtocol uses line.Chat",
            "smtp.Sender uses http.Asks",
            "smtp.Sender uses pop3.Mailbox",
            "testing.Borrower uses line.Chat",
            "url.Names uses error.Failure");
  }

  @Test
  void findsEachSocketThreadClockAndLoggerInTheWrongPackage() {
    assertThat(new Reach(WRONG).breaks(wrong()))
        .containsExactly(
            "header.ReadsAStream uses java.io.InputStream",
            "http.Logs uses org.slf4j.Logger",
            "http.Logs uses org.slf4j.LoggerFactory",
            "http.grammar.ReadsAHead uses java.io.InputStream",
            "line.OpensASocket uses java.net.Socket",
            "line.OpensASocket uses java.nio.channels.SocketChannel",
            "line.ReadsTheClock reads nanoTime",
            "line.ReadsTheClock reads now",
            "line.StartsAThread uses java.lang.Thread",
            "pool.Evicts uses java.lang.Thread.<init>",
            "pool.Evicts uses java.lang.Thread.start",
            "sasl.Foreign uses com.tngtech.archunit.core.domain.JavaClass");
  }

  private static JavaClasses wrong() {
    return new ClassFileImporter().importPackages(WRONG);
  }
}
