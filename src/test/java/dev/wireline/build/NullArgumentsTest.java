package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.Phase;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Replies;
import dev.wireline.line.StatusReplies;
import dev.wireline.line.StatusReply;
import dev.wireline.net.Connection;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.SocksProxy;
import dev.wireline.net.Tls;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.FolderServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.Recorder;
import dev.wireline.testing.ScriptTape;
import dev.wireline.testing.ScriptedClient;
import dev.wireline.testing.ScriptedServer;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null that is none of the choices is refused where it is given, by the name of its parameter. */
@SuppressWarnings({"NullAway", "resource"}) // that null is refused is what is shown
class NullArgumentsTest {
  private static final Endpoint PLACE = Endpoint.tcp("peer.test", 7);

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource({"ofEndpoints", "ofWires", "ofLines", "ofTheTestKit"})
  void areRefusedByName(String parameter, String of, ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
  }

  private static Arguments refused(String parameter, String of, ThrowingCallable call) {
    return arguments(parameter, of, call);
  }

  static Stream<Arguments> ofEndpoints() {
    return Stream.of(
        refused("text", "Endpoint.parse", () -> Endpoint.parse(null)),
        refused("text", "Endpoint.parse, with a port", () -> Endpoint.parse(null, 1)),
        refused("protocol", "Endpoint.parse", () -> Endpoint.parse("a:1", null)),
        refused("host", "Endpoint.tcp", () -> Endpoint.tcp(null, 1)),
        refused("host", "Endpoint.tls", () -> Endpoint.tls(null, 1)),
        refused("path", "Endpoint.unix", () -> Endpoint.unix(null)),
        refused("scheme", "Protocol", () -> new Protocol(null, 1, "a", 2)),
        refused("tlsScheme", "Protocol", () -> new Protocol("a", 1, null, 2)));
  }

  static Stream<Arguments> ofWires() {
    Dialer.Builder dialer = Dialer.builder();
    Tls.Builder tls = Tls.builder();
    return Stream.of(
        refused("time", "connectTimeout", () -> dialer.connectTimeout(null)),
        refused("time", "tlsTimeout", () -> dialer.tlsTimeout(null)),
        refused("time", "silenceTimeout", () -> dialer.silenceTimeout(null)),
        refused("settings", "Dialer.tls", () -> dialer.tls(null)),
        refused("option", "Dialer.option", () -> dialer.option(null, 1)),
        refused(
            "value", "Dialer.option", () -> dialer.option(StandardSocketOptions.SO_RCVBUF, null)),
        refused("connector", "Dialer.connector", () -> dialer.connector(null)),
        refused("endpoint", "Dialer.wire", () -> Dialer.standard().wire(null)),
        refused("own", "Tls.clientCertificate", () -> tls.clientCertificate(null)),
        refused("name", "Tls.serverName", () -> tls.serverName(null)),
        refused("pin", "Tls.pin", () -> tls.pin(null)),
        refused("proxy", "SocksProxy", () -> SocksProxy.of(null)),
        refused("proxy", "SocksProxy, with a user", () -> SocksProxy.of(null, "u", "p")),
        refused("user", "SocksProxy", () -> SocksProxy.of(PLACE, null, "p")),
        refused("password", "SocksProxy", () -> SocksProxy.of(PLACE, "u", null)),
        refused("endpoint", "Connection", () -> new Connection(null, Dialer.standard())),
        refused("dialer", "Connection", () -> new Connection(PLACE, null)),
        refused("time", "Deadline", () -> Deadline.after(null, Phase.CALL)),
        refused("limit", "Deadline", () -> Deadline.after(Duration.ZERO, null)),
        refused("setting", "Deadline", () -> Deadline.after(Duration.ZERO, Phase.CALL, null)));
  }

  static Stream<Arguments> ofLines() {
    LineOptions.Builder options = LineOptions.builder();
    return Stream.of(
        refused("endpoint", "LineClient, by text", () -> new LineClient((String) null)),
        refused("endpoint", "LineClient", () -> new LineClient((Endpoint) null)),
        refused("options", "LineClient", () -> new LineClient(PLACE, (LineOptions) null)),
        refused("verb", "Command", () -> Command.of(null)),
        refused("value", "Command.atom", () -> Command.of("X").atom(null)),
        refused("value", "Command.secretText", () -> Command.of("X").secretText(null)),
        refused("client", "DotBlocks", () -> DotBlocks.of(null)),
        refused("client", "Replies", () -> Replies.of(null)),
        refused("client", "StatusReplies", () -> StatusReplies.of(null)),
        refused("status", "StatusReply", () -> new StatusReply(null, "")),
        refused("text", "StatusReply", () -> new StatusReply(StatusReply.Status.OK, null)),
        refused("value", "LineOptions.dialer", () -> options.dialer(null)),
        refused("value", "LineOptions.charset", () -> options.charset(null)),
        refused("value", "LineOptions.lineEnds", () -> options.lineEnds(null)),
        refused("value", "LineOptions.transferTimeout", () -> options.transferTimeout(null)));
  }

  static Stream<Arguments> ofTheTestKit() {
    PeerServer.Builder server = PeerServer.builder();
    ScriptedServer.Builder scripted = ScriptedServer.builder("S: x");
    RawAnswer answer = RawAnswer.of("x");
    return Stream.of(
        refused("script", "ScriptedServer", () -> ScriptedServer.play(null)),
        refused("script", "ScriptedServer.playFile", () -> ScriptedServer.playFile(null)),
        refused("shown", "ScriptedServer.startTls", () -> scripted.startTls(null)),
        refused("how", "ScriptedServer.delivery", () -> scripted.delivery(null)),
        refused("atMost", "ScriptedServer.patience", () -> scripted.patience(null)),
        refused("shown", "ScriptedServer.tls", () -> scripted.tls(null)),
        refused("shown", "PeerServer.tls", () -> server.tls(null)),
        refused("trusted", "PeerServer", () -> server.needsClientCertificate(null)),
        refused("local", "PeerServer.address", () -> server.address(null)),
        refused("peer", "PeerServer.start", () -> PeerServer.start(null)),
        refused("shown", "EchoServer.tls", () -> EchoServer.builder().tls(null)),
        refused("text", "EchoServer.prefix", () -> EchoServer.builder().prefix(null)),
        refused("shown", "RawServer.tls", () -> RawServer.builder(answer).tls(null)),
        refused("near", "ScriptedServer", () -> ScriptedServer.playResource(null, "x")),
        refused("name", "ScriptedServer", () -> ScriptedServer.playResource(Phase.class, null)),
        refused("script", "CutPoints", () -> CutPoints.builder(null)),
        refused("client", "CutPoints", () -> CutPoints.builder("S: x").run(null)),
        refused("shown", "CutPoints.tls", () -> CutPoints.builder("S: x").tls(null)),
        refused("folder", "FolderServer", () -> FolderServer.of(null)),
        refused("script", "ScriptedClient", () -> ScriptedClient.of(null, Map.of(), "")),
        refused("values", "ScriptedClient", () -> ScriptedClient.of("S: x", null, "")),
        refused("lineEnd", "ScriptedClient", () -> ScriptedClient.of("S: x", Map.of(), null)),
        refused(
            "dialling",
            "ScriptedClient.play",
            () -> ScriptedClient.of("S: x", Map.of(), "").play(null)),
        refused("starts", "ScriptTape", () -> new ScriptTape(1, (String) null)),
        refused("real", "Recorder", () -> Recorder.of(null)),
        refused("trusting", "Recorder", () -> Recorder.builder(PLACE).serverContext(null)),
        refused("values", "Recorder.secret", () -> Recorder.builder(PLACE).secret((String) null)),
        refused(
            "starts",
            "Recorder.secretBehind",
            () -> Recorder.builder(PLACE).secretBehind((String) null)),
        refused("text", "RawAnswer.of", () -> RawAnswer.of((String) null)),
        refused("bytes", "RawAnswer.of", () -> RawAnswer.of((byte[]) null)),
        refused("text", "RawAnswer.and", () -> answer.and((String) null)),
        refused("how", "RawAnswer.delivered", () -> answer.delivered(null)),
        refused("what", "RawAnswer.then", () -> answer.then(null)));
  }
}
