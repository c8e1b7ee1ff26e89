package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.Body;
import dev.wireline.http.BodyCodec;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.RawServer;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/guide/http/json.md. */
@Timeout(60)
class HttpGuideJsonTest {
  private static BodyCodec jackson() {
    // docs: json-jackson
    ObjectMapper mapper = new ObjectMapper();
    BodyCodec json = BodyCodec.of(
        "application/json",
        mapper::writeValueAsBytes,
        (bytes, type) -> mapper.readValue(bytes, mapper.constructType(type)));
    // end: json-jackson
    return json;
  }

  private static BodyCodec gson() {
    // docs: json-gson
    Gson gson = new Gson();
    BodyCodec json = BodyCodec.of(
        "application/json",
        value -> gson.toJson(value).getBytes(UTF_8),
        (bytes, type) -> gson.fromJson(new String(bytes, UTF_8), type));
    // end: json-gson
    return json;
  }

  private static BodyCodec jsonb() {
    // docs: json-jsonb
    Jsonb jsonb = JsonbBuilder.create();
    BodyCodec json = BodyCodec.of(
        "application/json",
        value -> jsonb.toJson(value).getBytes(UTF_8),
        (bytes, type) -> jsonb.fromJson(new ByteArrayInputStream(bytes), type));
    // end: json-jsonb
    return json;
  }

  static Stream<BodyCodec> codecs() {
    return Stream.of(jackson(), gson(), jsonb());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void sendsAndReadsValues(BodyCodec json) throws IOException {
    try (var server = RawServer.answering(Answers.ok("{\"name\":\"buoy\",\"count\":7}"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: json-use
      HttpRequest order = HttpRequest.post(url).body(Body.of(new Item("buoy", 2), json));
      Item stock = agent.send(order).requireSuccess().as(Item.class, json);
      // end: json-use

      assertThat(stock.getName()).isEqualTo("buoy");
      assertThat(stock.getCount()).isEqualTo(7);
      assertThat(new ObjectMapper().readTree(server.requests().get(0).bodyText()))
          .isEqualTo(new ObjectMapper().readTree("{\"name\":\"buoy\",\"count\":2}"));
      assertThat(Answers.fields(server, "Content-Type")).containsExactly("application/json");
    }
  }

  @Test
  void readsAListOfThem() throws IOException {
    BodyCodec json = jackson();
    try (var server = RawServer.answering(Answers.ok("[{\"name\":\"buoy\"},{\"name\":\"net\"}]"));
        var agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Answers.origin(server));

      // docs: json-list
      List<Item> items = response.as(new TypeReference<List<Item>>() {}.getType(), json);
      // end: json-list

      assertThat(items).extracting(Item::getName).containsExactly("buoy", "net");
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void saysWhatIsNoSuchValueAndKeepsTheBody(BodyCodec json) throws IOException {
    try (var server = RawServer.answering(Answers.ok("<html>"));
        var agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Answers.origin(server));

      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> response.as(Item.class, json))
          .withMessageContaining("must be a dev.wireline.docs.Item in application/json")
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
      assertThat(response.text()).isEqualTo("<html>");
      assertThat(agent.idleConnections()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null"})
  void givesNoNull(String body) throws IOException {
    try (var server = RawServer.answering(Answers.ok(body));
        var agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Answers.origin(server));

      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> response.as(Item.class, gson()));
    }
  }

  @Test
  void saysThatItCannotWriteAValue() {
    BodyCodec json = BodyCodec.of(
        "application/json",
        value -> {
          throw new IOException("thrown by a test");
        },
        (bytes, type) -> null);
    Item item = new Item("buoy", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Body.of(item, json))
        .withMessageContaining("cannot write a dev.wireline.docs.Item")
        .withCauseInstanceOf(IOException.class);
  }
}
