package dev.wireline.http;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.line.Transcript;
import dev.wireline.net.DialListener;
import dev.wireline.pool.Visit;
import dev.wireline.pool.WirePool;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The last step: a connection from the pool, the request on it, and the head of the response. */
final class ConnectionStep implements Step {
  private static final int MAX_SPARE_BYTES = 2 * 1024;

  private final WirePool pool;
  private final Routes routes;
  private final HttpOptions options;
  private final @Nullable Transcript transcript;

  /** The buffer of a request that has been sent, for the next one. */
  private final AtomicReference<byte @Nullable []> spare = new AtomicReference<>();

  ConnectionStep(
      WirePool pool, Routes routes, HttpOptions options, @Nullable Transcript transcript) {
    this.pool = pool;
    this.routes = routes;
    this.options = options;
    this.transcript = transcript;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    HttpUrl url = Chain.checkUrl(request);
    Call call = chain.call();
    HttpRoute route = routes.to(url, call);
    byte[] buffer = spare.getAndSet(null);
    RequestWriter writer =
        route.writer(url, options, buffer == null ? new byte[RequestWriter.FIRST_BYTES] : buffer);
    // What contradicts itself is refused before a connection is asked for.
    writer.write(request);
    // A reused connection may be dead, and this request could not be sent a third time.
    boolean fresh = call.isRepeating() && !request.isReplayable();
    Use use = use(route, request, call, fresh);
    try {
      return use.run(writer);
    } catch (ConnectionClosedException e) {
      if (!use.isStale()) {
        throw e;
      }
      pool.drop(route.dialer(), route.endpoint());
      call.because(Attempt.Reason.STALE_CONNECTION);
      writer.write(request);
      return again(use(route, request, call, true), writer, e);
    }
  }

  /** Keeps a buffer, unless it is large. */
  private void keep(byte[] buffer) {
    if (buffer.length <= MAX_SPARE_BYTES) {
      spare.set(buffer);
    }
  }

  private static HttpResponse again(Use use, RequestWriter writer, IOException first)
      throws IOException {
    try {
      return use.run(writer);
    } catch (IOException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  /** A repeat dials: a pooled connection may be as dead as the one that failed. */
  private Use use(HttpRoute route, HttpRequest request, Call call, boolean fresh)
      throws IOException {
    DialListener heard = call.dialing(Chain.checkUrl(request));
    Visit visit = call.visit();
    WirePool.Lease lease;
    try {
      lease = fresh
          ? visit.dial(route.dialer(), route.endpoint(), call.deadline(), heard)
          : visit.lease(route.dialer(), route.endpoint(), call.deadline(), heard);
    } catch (IOException e) {
      call.failed(request, false, e);
      throw e;
    }
    @Nullable Use made = null;
    try {
      made = new Use(lease, request, call);
      return made;
    } finally {
      if (made == null) {
        lease.release(false);
      }
    }
  }

  /** One use of a connection; the body of its response returns it. */
  private final class Use implements BodyStream.Holder {
    private final WirePool.Lease lease;
    private final HttpRequest asked;
    private final HttpUrl url;
    private final Call call;
    private final Transfer transfer;
    private boolean handedOver;

    /** Whether the end was reported: a release is repeated after an Error, but a listener is told once. */
    private boolean told;

    Use(WirePool.Lease lease, HttpRequest asked, Call call) {
      this.lease = lease;
      this.asked = asked;
      this.url = Chain.checkUrl(asked);
      this.call = call;
      this.transfer = new Transfer(lease.wire(), options, call.deadline(), this, progress());
    }

    private HttpExchange.Progress progress() {
      return new HttpExchange.Progress(HttpTranscript.of(transcript, asked.headers())) {
        @Override
        void sent() {
          call.tell(CallEvent.Kind.SENT, url, "");
        }

        @Override
        void firstByte() {
          call.tell(CallEvent.Kind.FIRST_BYTE, url, "");
        }

        @Override
        void interim(int status) {
          call.tell(CallEvent.Kind.INTERIM, url, status);
        }

        @Override
        void answered(int status) {
          call.tell(CallEvent.Kind.ANSWERED, url, status);
        }
      };
    }

    @Override
    public void release(boolean reusable) {
      lease.release(reusable);
      if (!told) {
        told = true;
        call.tell(reusable ? CallEvent.Kind.ENDED : CallEvent.Kind.DROPPED, url, "");
      }
    }

    /** Knows nothing of the response: it would never be garbage. */
    private Runnable forgotten() {
      Call told = call;
      HttpUrl where = url;
      return new Runnable() {
        @Override
        public void run() {
          told.tell(CallEvent.Kind.DROPPED, where, "forgotten");
        }
      };
    }

    @Override
    public void keepAtMost(Duration time) {
      lease.keepAtMost(time);
    }

    @Override
    public void handOver() {
      handedOver = true;
      lease.letGo();
      call.tell(CallEvent.Kind.ENDED, url, "");
    }

    /** Whether the connection was a reused one that had died before, and the request may be sent again. */
    boolean isStale() {
      return lease.isReused() && !transfer.isAnswered() && asked.isReplayable();
    }

    /** Closes a wire that was handed over to a caller who never gets it. */
    private void giveUp() {
      lease.release(false);
      if (handedOver) {
        lease.wire().close();
      }
    }

    HttpResponse run(RequestWriter writer) throws IOException {
      boolean done = false;
      try {
        if (lease.isReused()) {
          call.tell(CallEvent.Kind.REUSED, url, "");
        }
        HttpResponse response = transfer.run(writer, asked);
        call.answered(asked, response.status(), lease.isReused());
        if (handedOver) {
          call.hold(this::giveUp);
        } else if (!transfer.isDone()) {
          call.hold(this::giveUp);
          String what = "the response to " + asked.method() + " " + url.shown();
          lease.watch(response.watched(), what, forgotten());
        }
        done = true;
        if (transfer.isSent()) {
          keep(writer.bytes());
        }
        return response.endOf(call.attempts());
      } catch (IOException e) {
        call.failed(asked, lease.isReused(), e);
        throw e;
      } finally {
        if (!done) {
          giveUp();
        }
      }
    }
  }
}
