package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.HeadSearch;
import dev.wireline.http.grammar.LenientHead;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.internal.Log;
import dev.wireline.internal.Quoted;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * One request and the head of its response on one connection.
 *
 * <p>It does not know where the connection came from or what becomes of it: that is the client's policy.
 */
final class HttpExchange {
  /*
   * 1. expectUpgrade, if the request asks for another protocol: without it a 101 is broken.
   * 2. send: the head, with the body if that is small and nobody is to be asked first; else the head, then
   *    the wait for a go-ahead, then the body. Whoever sends looks for a response all the time (pollNow,
   *    poll): a final one ends the sending, and is kept by the sender.
   * 3. receive: that early response if there was one, else heads up to a final one. The first byte of any
   *    head, also of an interim one, sets answered: from then on the request was seen, and is not sent
   *    again unasked.
   * 4. The body after the head belongs to its reader, and so does the connection; if the request was not sent
   *    in full (isSent), the connection is of no more use then.
   *
   * A head is looked for from where the last look ended, in 2 and in 3 alike. So nothing else may consume
   * input between them.
   */

  static final Activity REQUEST = new Activity(Phase.WRITE, "sending the request to");
  private static final Activity HEAD = new Activity(Phase.HEAD, "reading the response head from");

  /** A body up to this size is sent in one write with its head. */
  private static final int JOINED_BODY_BYTES = 8 * 1024;

  private static final String PERHAPS_TLS =
      ", and this looks like a TLS alert; perhaps https:// is meant";

  private final Wire wire;
  private final HttpOptions options;
  private final Deadline deadline;
  private final Activity reading;
  private final Progress progress;
  private final HeadSearch search;
  private @Nullable BodySender sender;
  private boolean answered;
  private boolean upgrading;
  private int interims;

  HttpExchange(Wire wire, HttpOptions options, Deadline deadline, Progress progress) {
    this(wire, options, deadline, progress, HEAD);
  }

  /** As the other constructor, with another name for what is being read. */
  HttpExchange(
      Wire wire, HttpOptions options, Deadline deadline, Progress progress, Activity reading) {
    this.wire = wire;
    this.options = options;
    this.deadline = deadline;
    this.progress = progress;
    this.reading = reading;
    this.search = new HeadSearch(options.maxHeadBytes(), allows(Leniency.ICY_STATUS_LINE));
  }

  /** Told how far an exchange has come; does nothing unless overridden. */
  static class Progress {
    static final Progress NONE = new Progress();

    /** Records the exchange in a transcript. */
    final HttpTranscript transcript;

    Progress() {
      this(HttpTranscript.NONE);
    }

    /** Records the exchange in a transcript, and does nothing else. */
    static Progress of(HttpTranscript transcript) {
      return transcript == HttpTranscript.NONE ? NONE : new Progress(transcript);
    }

    Progress(HttpTranscript transcript) {
      this.transcript = transcript;
    }

    /** The request has been sent in full. */
    void sent() {}

    /** The first byte of a response, or of an interim one, has come. */
    void firstByte() {}

    /** An interim response has come. */
    void interim(int status) {}

    /** The head of the final response has come. */
    void answered(int status) {}
  }

  Wire wire() {
    return wire;
  }

  HttpOptions options() {
    return options;
  }

  Deadline deadline() {
    return deadline;
  }

  Progress progress() {
    return progress;
  }

  /** Whether a byte of a response has come. */
  boolean isAnswered() {
    return answered;
  }

  /** Whether the request has been sent in full: if not, nothing more can be said on its connection. */
  boolean isSent() {
    return (sender == null || sender.isDone()) && !wire.output().isRefused();
  }

  /** Accepts a 101 as an answer: the request asks for another protocol (RFC 9110, section 7.8). */
  void expectUpgrade() {
    upgrading = true;
  }

  /** Sends a request, up to its end or to a final response that comes earlier. */
  void send(RequestWriter head, @Nullable Body body) throws IOException {
    boolean joined = body == null || isJoined(head);
    progress.transcript.request(head);
    if (body != null && joined) {
      head.append(body.content());
      progress.transcript.requestBody(head.bodyLength(), true, Headers.empty());
    }
    wire.output().write(head.bytes(), 0, head.length(), deadline, REQUEST);
    if (body != null && !joined) {
      sendApart(head, body);
    }
    if (isSent()) {
      progress.sent();
      if (options.halfClose()) {
        wire.output().shutdown();
      }
    }
  }

  private static boolean isJoined(RequestWriter head) {
    long length = head.bodyLength();
    return length >= 0 && length <= JOINED_BODY_BYTES && !head.expecting();
  }

  private void sendApart(RequestWriter head, Body body) throws IOException {
    BodySender started = new BodySender(wire, this, deadline);
    sender = started;
    try {
      if (!head.expecting() || started.awaitContinue(options.continueTimeout())) {
        started.send(body, head.bodyLength());
      }
    } finally {
      progress.transcript.requestBody(started.sent(), started.isDone(), started.trailers());
    }
  }

  /** The head of the final response; interim ones are skipped (RFC 9110 section 15.2). */
  ResponseHead receive() throws WirelineException {
    ResponseHead early = sender == null ? null : sender.response();
    if (early != null) {
      return early;
    }
    try {
      ResponseHead head = head();
      while (!isFinal(head)) {
        head = head();
      }
      return head;
    } catch (ConnectionClosedException e) {
      throw cause(e);
    }
  }

  /** The failure of a peer that took no more of the body and answered nothing: that came first. */
  private WirelineException cause(ConnectionClosedException e) {
    WirelineException refusal = sender == null ? null : sender.refusal();
    if (refusal == null) {
      return e;
    }
    refusal.addSuppressed(e);
    return refusal;
  }

  /** Whether a head is that of the final response; an interim one is counted and reported. */
  boolean isFinal(ResponseHead head) throws WirelineException {
    if (head.status() >= 200) {
      return true;
    }
    if (head.status() == 101) {
      if (!upgrading) {
        throw Broken.rule(
            wire, reading, "101 answers an Upgrade alone (RFC 9110 section 15.2.2)", "\"101\"");
      }
      return true;
    }
    if (++interims > options.maxInterimResponses()) {
      throw Broken.limit(wire, reading, "maxInterimResponses", options.maxInterimResponses());
    }
    progress.interim(head.status());
    tell(head);
    return false;
  }

  private void tell(ResponseHead interim) {
    InterimListener listener = options.interimListener();
    if (listener != null) {
      try {
        listener.interim(interim.status(), interim.headers());
      } catch (RuntimeException e) {
        Log.threw(listener, e);
      }
    }
  }

  /** A 101 before the end of the request, after which the other protocol would start. */
  WirelineException early(ResponseHead head) {
    return Broken.rule(
        wire,
        reading,
        "101 comes after the whole request (RFC 9110 section 7.8)",
        "\"" + head.status() + "\"");
  }

  /** The next head, waited for. */
  private ResponseHead head() throws WirelineException {
    Deadline end = deadline;
    int length = scan();
    while (length == 0) {
      if (search.hasBegun() && end == deadline) {
        end = options
            .dialer()
            .deadline(options.headTimeout(), Phase.HEAD, "headTimeout")
            .earlier(deadline);
      }
      if (!wire.input().fill(Integer.MAX_VALUE, end, reading)) {
        throw hungUp();
      }
      came();
      length = scan();
    }
    return take(length);
  }

  /** The next head if it is complete by a deadline, else null, which breaks nothing. */
  @Nullable
  ResponseHead poll(Deadline end) throws WirelineException {
    return poll(end, reading);
  }

  /** The next head if it is complete already, else null, while the request is being sent. */
  @Nullable
  ResponseHead pollNow() throws WirelineException {
    return poll(null, REQUEST);
  }

  private void came() {
    if (!answered) {
      answered = true;
      progress.firstByte();
    }
  }

  private @Nullable ResponseHead poll(@Nullable Deadline end, Activity activity)
      throws WirelineException {
    WireInput input = wire.input();
    int length = scan();
    while (length == 0) {
      int count =
          end == null ? input.pollNow(activity) : input.poll(Integer.MAX_VALUE, end, activity);
      if (count < 0) {
        throw hungUp();
      }
      if (count == 0) {
        return null;
      }
      came();
      length = scan();
    }
    return take(length);
  }

  private ResponseHead take(int length) throws WirelineException {
    byte[] block = new byte[length];
    wire.input().copy(0, block, 0, length);
    wire.input().consume(length);
    if (allows(Leniency.ICY_STATUS_LINE)) {
      block = LenientHead.withoutIcy(block);
    }
    if (allows(Leniency.BLANK_BEFORE_COLON)) {
      LenientHead.withoutBlanksBeforeColons(block);
    }
    try {
      ResponseHead head = ResponseHead.parse(block, block.length, options.maxHeaders());
      progress.transcript.response(head);
      return head;
    } catch (ParseException e) {
      throw broken(e, block);
    }
  }

  private boolean allows(Leniency fault) {
    return options.leniencies().contains(fault);
  }

  /** What breaks the grammar may be another protocol altogether. */
  private WirelineException broken(ParseException e, byte[] came) {
    return isTls(came)
        ? Broken.rule(wire, reading, "a response is one of HTTP" + PERHAPS_TLS, Quoted.bytes(came))
        : Broken.grammar(wire, reading, e);
  }

  /** Whether bytes start like a record of TLS that is an alert or a handshake (RFC 8446 section 5.1). */
  private static boolean isTls(byte[] came) {
    return came.length > 0 && (came[0] == 21 || came[0] == 22);
  }

  private byte[] unread() {
    byte[] unread = new byte[wire.input().buffered()];
    wire.input().copy(0, unread, 0, unread.length);
    return unread;
  }

  /** The length of a head that is complete, or 0. */
  private int scan() throws WirelineException {
    try {
      return search.find(wire.input());
    } catch (ParseException e) {
      throw broken(e, unread());
    }
  }

  private WirelineException hungUp() {
    byte[] received = unread();
    String happened = received.length > 0
        ? "the peer hung up after " + received.length + " bytes of the response head"
        : interims == 0
            ? "the peer hung up before a byte of the response"
            : "the peer hung up before the final response, after "
                + (interims == 1 ? "an interim one" : interims + " interim ones");
    ConnectionClosedException failure =
        new ConnectionClosedException(wire.endpoint(), reading, happened, received, null);
    wire.fail(failure);
    return failure;
  }
}
