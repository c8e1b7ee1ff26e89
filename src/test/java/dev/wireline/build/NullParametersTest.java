package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.dict.DictClient;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.fetch.Fetched;
import dev.wireline.fetch.UrlOpener;
import dev.wireline.fetch.UrlScheme;
import dev.wireline.fetch.Urls;
import dev.wireline.finger.FingerQuery;
import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpEntry;
import dev.wireline.ftp.FtpMode;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.gemini.GeminiLine;
import dev.wireline.header.Headers;
import dev.wireline.http.Body;
import dev.wireline.http.BodyCodec;
import dev.wireline.http.CallEvent;
import dev.wireline.http.CallListener;
import dev.wireline.http.Chain;
import dev.wireline.http.ChallengeAnswer;
import dev.wireline.http.ContentCoding;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpProxy;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.HttpVersion;
import dev.wireline.http.InterimListener;
import dev.wireline.http.JfrCalls;
import dev.wireline.http.Link;
import dev.wireline.http.MultipartForm;
import dev.wireline.http.Netrc;
import dev.wireline.http.Proxies;
import dev.wireline.http.RedirectRules;
import dev.wireline.http.RetryRules;
import dev.wireline.http.Step;
import dev.wireline.http.cache.CacheStore;
import dev.wireline.http.cache.FolderCacheStore;
import dev.wireline.http.cache.HttpCache;
import dev.wireline.http.cache.MemoryCacheStore;
import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.http.cookie.PublicSuffixes;
import dev.wireline.http.cookie.SameSite;
import dev.wireline.imap.BodyPart;
import dev.wireline.imap.FetchedMail;
import dev.wireline.imap.FlagChange;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapCommand;
import dev.wireline.imap.ImapEvent;
import dev.wireline.imap.ImapOptions;
import dev.wireline.imap.Mailbox;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.Search;
import dev.wireline.line.Backoff;
import dev.wireline.line.Blocks;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Dialogue;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Expect;
import dev.wireline.line.Frames;
import dev.wireline.line.Incoming;
import dev.wireline.line.LastStep;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineEnds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Multiplexer;
import dev.wireline.line.Outgoing;
import dev.wireline.line.Pipeline;
import dev.wireline.line.ProgressListener;
import dev.wireline.line.ProtocolOptions;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.StatusReplies;
import dev.wireline.line.StatusReply;
import dev.wireline.line.Steps;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.line.Words;
import dev.wireline.net.Connector;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramDialogue;
import dev.wireline.net.DatagramOptions;
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.net.Dialer;
import dev.wireline.net.KnownKeys;
import dev.wireline.net.Layer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.ProxyListener;
import dev.wireline.net.Resolver;
import dev.wireline.net.SocksProxy;
import dev.wireline.net.Tls;
import dev.wireline.net.Wire;
import dev.wireline.nntp.ArticleRange;
import dev.wireline.nntp.MessageId;
import dev.wireline.nntp.NntpClient;
import dev.wireline.nntp.NntpOptions;
import dev.wireline.nntp.Overview;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.sasl.Sasl;
import dev.wireline.sasl.SaslText;
import dev.wireline.smtp.DeliveryNotice;
import dev.wireline.smtp.Envelope;
import dev.wireline.smtp.MailMessage;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpOptions;
import dev.wireline.telnet.TelnetClient;
import dev.wireline.telnet.TelnetFeature;
import dev.wireline.telnet.TelnetOptions;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.tftp.TftpOptions;
import dev.wireline.url.HttpUrl;
import dev.wireline.url.ServerUrl;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each null that is none of the choices is refused by the name of its parameter: of every public method and
 * constructor of the library, found in its sources, with proper values for the other parameters.
 *
 * <p>Exceptions are not among them: a null in one must not hide what it is about.
 */
@Timeout(60)
@SuppressWarnings("resource") // they are closed with the process, and nothing is dialled
class NullParametersTest {
  private static final Endpoint PLACE = Endpoint.tcp("peer.test", 7);

  private static final Path SOURCES = Path.of("src/main/java");

  /** The engine, whose callers are the layers above: their mistakes are found here. */
  private static final Set<String> ENGINE = Set.of("Connection", "Wire", "WireInput", "WireOutput");

  private final Map<Class<?>, Object> samples = new HashMap<>();
  private final Map<String, Object> samplesByName =
      Map.of("endpoint", "peer.test:7", "url", "http://peer.test/", "code", 250);
  private final Parameters parameters;
  private final List<String> refusedWrongly = new ArrayList<>();
  private int tried;

  NullParametersTest() throws IOException {
    parameters = Parameters.of(List.of(SOURCES));
  }

  private <T> void sample(Class<T> type, T value) {
    samples.put(type, value);
  }

  private void values() throws Exception {
    sample(byte[].class, new byte[4]);
    sample(int[].class, new int[] {2});
    sample(String[].class, new String[] {"x"});
    sample(X509Certificate[].class, new X509Certificate[0]);
    sample(String.class, "x");
    sample(Object.class, 1);
    sample(Throwable.class, new IOException("x"));
    sample(IOException.class, new IOException("x"));
    sample(InputStream.class, new ByteArrayInputStream(new byte[4]));
    sample(Charset.class, StandardCharsets.UTF_8);
    sample(Path.class, Path.of("x"));
    sample(Duration.class, Duration.ofSeconds(1));
    sample(Instant.class, Instant.EPOCH);
    sample(List.class, List.of());
    sample(Collection.class, List.of());
    sample(Map.class, Map.of());
    sample(Set.class, Set.of());
    sample(Optional.class, Optional.empty());
    sample(Runnable.class, () -> {});
    sample(Consumer.class, x -> {});
    sample(BiConsumer.class, (x, y) -> {});
    sample(Function.class, x -> x);
    sample(Predicate.class, x -> true);
    sample(Type.class, String.class);
    sample(Class.class, String.class);
    sample(UnaryOperator.class, x -> x);
    sample(Supplier.class, () -> "x");
    sample(InetAddress.class, InetAddress.getLoopbackAddress());
    sample(SocketOption.class, StandardSocketOptions.TCP_NODELAY);
    sample(SSLContext.class, SSLContext.getDefault());
    sample(
        PrivateKey.class, KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate());
  }

  private void valuesOfTheLibrary() throws Exception {
    sample(Endpoint.class, PLACE);
    sample(Protocol.class, HttpClient.PROTOCOL);
    sample(Phase.class, Phase.READ);
    sample(Activity.class, Activity.READING);
    sample(WirelineException.class, new ClientClosedException(PLACE, Activity.READING, "x", null));
    sample(Headers.class, Headers.empty());
    sample(Deadline.class, Deadline.NEVER);
    sample(Dialer.class, Dialer.standard());
    sample(Dialer.Builder.class, Dialer.builder());
    sample(Tls.class, Tls.builder().build());
    sample(Tls.Builder.class, Tls.builder());
    sample(DialListener.class, DialListener.NONE);
    sample(Resolver.class, host -> List.of());
    sample(PoolOptions.class, PoolOptions.standard());
    sample(PoolOptions.Builder.class, PoolOptions.builder());
    sample(DatagramOptions.class, DatagramOptions.standard());
    sample(DatagramOptions.Builder.class, DatagramOptions.builder());
    sample(SocksProxy.class, SocksProxy.of(PLACE));
    sample(Connector.class, SocksProxy.of(PLACE));
    sample(LineOptions.class, LineOptions.standard());
    sample(LineOptions.Builder.class, LineOptions.builder());
    sample(Capabilities.class, Capabilities.ofWords("X"));
    sample(LineEnds.class, LineEnds.CRLF);
    sample(Command.class, Command.of("X"));
    sample(Message.class, Message.of());
    sample(Steps.class, () -> "x");
    sample(StatusReply.Status.class, StatusReply.Status.OK);
    sample(Reply.class, new Reply(250, List.of("x")));
    sample(QuestionOptions.class, QuestionOptions.standard());
    sample(Question.Answer.class, question -> "x");
    sample(Content.class, Content.of("x"));
    sample(Content.Sink.class, (bytes, offset, length) -> true);
    sample(Content.Source.class, () -> new ByteArrayInputStream(new byte[1]));
    sample(LastStep.class, whole -> {});
    sample(OptionalLong.class, OptionalLong.empty());
    sample(ZoneId.class, ZoneOffset.UTC);
    sample(TlsPolicy.class, TlsPolicy.NEVER);
    sample(FtpOptions.class, FtpOptions.standard());
    sample(Pop3Options.class, Pop3Options.standard());
    sample(Pop3Options.Builder.class, Pop3Options.builder());
    sample(Pop3Client.class, new Pop3Client("peer.test"));
    news();
    imap();
    sample(SaslText.class, SaslText.start(Sasl.plain("x", "x")));
    sample(FtpOptions.Builder.class, FtpOptions.builder());
    sample(ProtocolOptions.class, FtpOptions.standard());
    sample(ProtocolOptions.Builder.class, FtpOptions.builder());
    sample(FtpMode.class, FtpMode.PASSIVE);
    sample(FtpEntry.Kind.class, FtpEntry.Kind.FILE);
    sample(FtpClient.class, new FtpClient(PLACE, FtpOptions.standard()));
    valuesOfMail();
  }

  private void valuesOfMail() {
    sample(SmtpOptions.class, SmtpOptions.standard());
    sample(SmtpOptions.Builder.class, SmtpOptions.builder());
    sample(SmtpClient.class, new SmtpClient(PLACE, SmtpOptions.standard()));
    sample(
        MailMessage.class,
        MailMessage.builder().from("joe@mail.test").to("ann@mail.test").build());
    sample(MailMessage.Builder.class, MailMessage.builder());
    sample(Envelope.class, Envelope.of("joe@mail.test", List.of("ann@mail.test")));
    sample(DeliveryNotice.class, DeliveryNotice.FAILURE);
  }

  private void valuesOfProtocols() throws IOException {
    sample(InstantSource.class, InstantSource.system());
    sample(KnownKeys.class, new NoKeys());
    sample(FingerQuery.class, FingerQuery.of("x"));
    sample(DictClient.class, new DictClient("peer.test"));
    sample(TelnetFeature.class, TelnetFeature.ECHO);
    sample(TelnetOptions.class, TelnetOptions.standard());
    sample(TelnetOptions.Builder.class, TelnetOptions.builder());
    sample(TelnetClient.class, new TelnetClient("peer.test"));
    sample(TftpOptions.class, TftpOptions.standard());
    sample(
        DatagramDialogue.class,
        DatagramDialogue.open(
            Endpoint.tcp("127.0.0.1", 7), DatagramOptions.standard(), new byte[0]));
    sample(GeminiLine.Kind.class, GeminiLine.Kind.TEXT);
  }

  /** Knows nobody. */
  private static final class NoKeys implements KnownKeys {
    @Override
    public Optional<String> pin(Endpoint peer) {
      return Optional.empty();
    }

    @Override
    public void remember(Endpoint peer, String pin) {}
  }

  private void valuesOfHttp() {
    sample(Body.class, Body.of("x", "text/plain"));
    sample(BodyCodec.class, BodyCodec.of("x/y", x -> new byte[1], (bytes, type) -> 1));
    sample(BodyCodec.Encoder.class, x -> new byte[1]);
    sample(BodyCodec.Decoder.class, (bytes, type) -> 1);
    sample(ContentCoding.Decoder.class, encoded -> encoded);
    sample(CallEvent.Kind.class, CallEvent.Kind.SENT);
    sample(CallListener.class, CallListener.NONE);
    sample(ContentCoding.class, new ContentCoding() {
      @Override
      public String name() {
        return "x";
      }

      @Override
      public InputStream decode(InputStream encoded) {
        return encoded;
      }
    });
    sample(CacheStore.class, new MemoryCacheStore());
    sample(MemoryCacheStore.class, new MemoryCacheStore());
    sample(FolderCacheStore.class, new FolderCacheStore(Path.of("x")));
    sample(HttpCache.class, HttpCache.of(new MemoryCacheStore()));
    sample(HttpCache.Builder.class, HttpCache.builder(new MemoryCacheStore()));
    sample(InstantSource.class, InstantSource.system());
    sample(Cookie.class, Cookie.builder("a", "b").host("peer.test").build());
    sample(Cookie.Builder.class, Cookie.builder("a", "b"));
    sample(CookieJar.class, new MemoryCookieJar());
    sample(MemoryCookieJar.class, new MemoryCookieJar());
    sample(ChallengeAnswer.class, (scheme, parameters, refused) -> Optional.empty());
    sample(Netrc.class, Netrc.parse(""));
    sample(Credentials.class, Credentials.basic("u", "p"));
    sample(HttpOptions.class, HttpOptions.standard());
    sample(HttpOptions.Builder.class, HttpOptions.builder());
    sample(HttpRequest.class, HttpRequest.get("http://peer.test/"));
    sample(HttpUrl.class, HttpUrl.parse("http://peer.test/"));
    sample(HttpVersion.class, HttpVersion.HTTP_1_1);
    sample(HttpProxy.class, HttpProxy.of(PLACE));
    sample(InterimListener.class, (status, headers) -> {});
    sample(Link.class, new Link("x", Optional.empty(), List.of(), Map.of()));
    sample(MultipartForm.class, MultipartForm.empty());
    sample(ProgressListener.class, (bytes, total) -> {});
    sample(Proxies.class, Proxies.none());
    sample(PublicSuffixes.class, domain -> false);
    sample(RedirectRules.class, RedirectRules.standard());
    sample(Closeable.class, (Closeable) () -> {});
    sample(UrlScheme.class, (UrlScheme) url -> {
      throw new IOException("no");
    });
    sample(UrlOpener.class, Urls.builder().build());
    sample(UrlOpener.Builder.class, Urls.builder());
    sample(ServerUrl.class, ServerUrl.parse("ftp://x.test/", FtpClient.PROTOCOL));
    sample(Fetched.class, fetched());
    sample(RetryRules.class, RetryRules.none());
    sample(RetryRules.Builder.class, RetryRules.builder());
    sample(SameSite.class, SameSite.LAX);
    sample(Step.class, (request, chain) -> chain.proceed(request));
    sample(JfrCalls.class, new JfrCalls());
    sample(HttpAgent.class, HttpAgent.create());
    sample(HttpAgent.Builder.class, HttpAgent.builder());
    sample(HttpClient.class, new HttpClient(PLACE));
  }

  private static FetchedMail fetchedMail() throws IOException {
    String script = """
        S: * OK [CAPABILITY IMAP4rev1] hello
        C: A1 FETCH 1 (UID FLAGS)
        S: * 1 FETCH (FLAGS ())
        S: A1 OK
        """;
    try (var server = ScriptedServer.play(script);
        var mail = new ImapClient(server.endpoint(), ImapOptions.standard())) {
      return mail.fetch(MessageSet.numbers(1), "FLAGS").get(0);
    }
  }

  private void news() {
    sample(NntpOptions.class, NntpOptions.standard());
    sample(NntpOptions.Builder.class, NntpOptions.builder());
    sample(NntpClient.class, new NntpClient("peer.test"));
    sample(MessageId.class, new MessageId("<a@b>"));
    sample(ArticleRange.class, ArticleRange.of(1));
    sample(Overview.class, new Overview(1, Map.of()));
  }

  private void imap() throws IOException {
    sample(ImapOptions.class, ImapOptions.standard());
    sample(ImapOptions.Builder.class, ImapOptions.builder());
    sample(ImapClient.class, new ImapClient("peer.test"));
    sample(ImapCommand.class, ImapCommand.of("NOOP"));
    sample(ImapEvent.Kind.class, ImapEvent.Kind.EXISTS);
    sample(MessageSet.class, MessageSet.all());
    sample(FlagChange.class, FlagChange.set());
    sample(Search.class, Search.all());
    sample(FetchedMail.class, fetchedMail());
    sample(LocalDate.class, LocalDate.EPOCH);
    sample(Mailbox.class, new Mailbox("INBOX", Optional.empty(), Set.of()));
    sample(
        BodyPart.class,
        new BodyPart("1", "a/b", Map.of(), "", 0, "", Map.of(), Optional.empty(), List.of()));
  }

  private void clients() {
    LineClient client = new LineClient(PLACE);
    sample(LineClient.class, client);
    sample(Blocks.class, Blocks.of(client));
    sample(Dialogue.class, Dialogue.of(client));
    sample(DotBlocks.class, DotBlocks.of(client));
    sample(Expect.class, Expect.of(client));
    sample(Backoff.class, Backoff.standard());
    LineClient shared = new LineClient(PLACE);
    sample(Multiplexer.class, Multiplexer.of(shared, shared::readLine, Optional::of));
    sample(Pipeline.class, Pipeline.of(client));
    sample(Replies.class, Replies.of(client));
    sample(Layer.class, new Untouched());
    sample(StatusReplies.class, StatusReplies.of(client));
    sample(Frames.class, Frames.endingIn(client, 0));
    sample(Transcript.class, Transcript.of(client));
    sample(ProxyListener.class, Transcript.create());
    sample(Wire.class, Dialer.standard().wire(PLACE));
    sample(DatagramClient.class, new DatagramClient(PLACE));
    sample(Words.class, Words.of(client, "a b"));
  }

  /** Turns nothing. */
  private static final class Untouched implements Layer {
    @Override
    public void receive(ByteBuffer from, ByteBuffer into) {}

    @Override
    public void send(ByteBuffer from, ByteBuffer into) {}

    @Override
    public void flush(ByteBuffer into) {}
  }

  @Test
  void areRefusedByName() throws Exception {
    values();
    valuesOfTheLibrary();
    valuesOfHttp();
    valuesOfProtocols();
    clients();
    try (EchoServer echo = EchoServer.start();
        LineClient reading = new LineClient(echo.endpoint());
        LineClient writing = new LineClient(echo.endpoint());
        RawServer web =
            RawServer.answering(RawAnswer.of("HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n"));
        HttpClient http = new HttpClient(web.endpoint());
        HttpAgent agent = agent()) {
      sample(Incoming.class, DotBlocks.of(reading).read());
      Question.ask(echo.endpoint(), Message.of(), QuestionOptions.standard(), question -> {
        sample(Question.class, question);
        return true;
      });
      sample(Outgoing.class, DotBlocks.of(writing).write());
      sample(HttpResponse.class, http.get("/"));
      agent.get("http://" + web.endpoint().authority());

      tryAll();
    }
    assertThat(refusedWrongly).isEmpty();
    assertThat(tried).isGreaterThan(250);
  }

  /** The chain of a call lives as long as the call. */
  private HttpAgent agent() {
    Step keeping = (request, chain) -> {
      sample(Chain.class, chain);
      return chain.proceed(request);
    };
    return HttpAgent.builder().step(keeping).build();
  }

  private void tryAll() throws Exception {
    List<String> exports = Files.readAllLines(SOURCES.resolve("module-info.java"));
    for (String name : parameters.types()) {
      if (!exports.contains("  exports " + name.substring(0, name.lastIndexOf('.')) + ";")) {
        continue;
      }
      Class<?> type = Class.forName(name);
      boolean left =
          Throwable.class.isAssignableFrom(type) || ENGINE.contains(type.getSimpleName());
      if (isPublic(type) && !left) {
        for (Executable called : calls(type)) {
          tryNulls(called, parameters.of(called));
        }
      }
    }
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  private static List<Executable> calls(Class<?> type) {
    List<Executable> calls = new ArrayList<>(List.of(type.getDeclaredMethods()));
    if (!Modifier.isAbstract(type.getModifiers())) {
      calls.addAll(List.of(type.getDeclaredConstructors()));
    }
    return calls.stream()
        .filter(call -> Modifier.isPublic(call.getModifiers()))
        .filter(call -> !Modifier.isAbstract(call.getModifiers()) && !call.isSynthetic())
        .filter(call -> !type.isEnum() && !call.getName().equals("equals"))
        .toList();
  }

  private void tryNulls(Executable called, @Nullable List<String> names) throws Exception {
    for (int i = 0; i < called.getParameterCount(); i++) {
      if (!called.getParameterTypes()[i].isPrimitive() && !isNullable(called, i)) {
        String problem = names == null ? "has no name" : problem(called, i, names.get(i));
        if (!problem.isEmpty()) {
          refusedWrongly.add(called + ": parameter " + i + " " + problem);
        }
        tried++;
      }
    }
  }

  private static boolean isNullable(Executable called, int index) {
    return called.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class);
  }

  private String problem(Executable called, int nullAt, String name) throws Exception {
    try {
      @Nullable Object[] arguments = new @Nullable Object[called.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = i == nullAt ? null : argument(called, i);
      }
      call(called, arguments);
      return "may be null";
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      boolean refused = thrown instanceof NullPointerException && name.equals(thrown.getMessage());
      return refused ? "" : "gives " + thrown;
    }
  }

  private @Nullable Object argument(Executable called, int index) throws InvocationTargetException {
    List<String> names = parameters.of(called);
    Object byName = names == null ? null : samplesByName.get(names.get(index));
    Class<?> type = called.getParameterTypes()[index];
    boolean fits = byName != null && (type.isInstance(byName) || type.isPrimitive());
    return fits ? byName : argument(type);
  }

  private @Nullable Object argument(Class<?> type) throws InvocationTargetException {
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == char.class) {
      return 'x';
    }
    if (type.isPrimitive()) {
      return 1;
    }
    if (!samples.containsKey(type)) {
      throw new InvocationTargetException(new AssertionError("there is no sample of " + type));
    }
    return samples.get(type);
  }

  private @Nullable Object call(Executable called, @Nullable Object[] arguments) throws Exception {
    if (called instanceof Constructor<?> made) {
      return made.newInstance(arguments);
    }
    Method method = (Method) called;
    Object on =
        Modifier.isStatic(method.getModifiers()) ? null : argument(method.getDeclaringClass());
    return method.invoke(on, arguments);
  }

  private static Fetched fetched() {
    try {
      return Urls.open("data:,a");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
