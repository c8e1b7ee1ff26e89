package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One conversation over each kind of connection, delivered whole and byte by byte. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ConversationTest {
  private static final String SCRIPT = """
      S: 220 ready
      C: NICK wire
      S: 001 Grüße, wire
      S:
      S: 002 two at once
      C:
      C: PRIVMSG #wire :žluťoučký kůň 🐎
      S: 003 heard
      C: QUIT
      S: 221 bye
      """;

  static List<Arguments> waysAndDeliveries() {
    List<Arguments> all = new ArrayList<>();
    for (Way way : Way.values()) {
      for (Delivery delivery : Delivery.values()) {
        all.add(Arguments.of(way, delivery));
      }
    }
    return all;
  }

  private static ScriptedServer play(Way way, Delivery delivery) throws IOException {
    ScriptedServer.Builder server = ScriptedServer.builder(SCRIPT).delivery(delivery);
    return switch (way) {
      case TCP -> server.start();
      case TLS -> server.tls().start();
      case UNIX -> server.unix().start();
    };
  }

  @ParameterizedTest
  @MethodSource("waysAndDeliveries")
  void isTheSameOverEachKindOfConnection(Way way, Delivery delivery) throws Exception {
    try (ScriptedServer server = play(way, delivery);
        LineClient client =
            new LineClient(server.endpoint(), way.options(server::clientContext).build())) {
      assertThat(client.readLine()).isEqualTo("220 ready");
      client.writeLine("NICK wire");
      assertThat(client.readLine()).isEqualTo("001 Grüße, wire");
      assertThat(client.readLineOrEnd()).contains("");
      assertThat(client.readLineBytes()).asString().isEqualTo("002 two at once");
      client.writeLines("", "PRIVMSG #wire :žluťoučký kůň 🐎");
      assertThat(client.readLine()).isEqualTo("003 heard");
      client.writeLine("QUIT");
      assertThat(client.readLine()).isEqualTo("221 bye");

      server.verify();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void worksAsTheTestKitIsShown() throws Exception {
    try (var server = ScriptedServer.play("S: 220 ready\nC: QUIT\nS: 221 bye");
        var client = new LineClient(server.endpoint())) {
      client.readLine();
      client.writeLine("QUIT");
      client.readLine();
      server.verify();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void takesItsPeerAsText(Way way) throws Exception {
    try (ScriptedServer server = play(way, Delivery.WHOLE);
        LineClient chat = way == Way.TLS
            ? new LineClient(
                server.endpoint(), way.options(server::clientContext).build())
            : new LineClient(server.endpoint().toString())) {
      chat.writeLine("NICK wire");
      String greeting = chat.readLine();

      assertThat(greeting).isEqualTo("220 ready");
      assertThat(chat.endpoint()).isEqualTo(server.endpoint());
    }
  }
}
