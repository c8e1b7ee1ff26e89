package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves who the caller is, to the origins that credentials were given for and to no other (RFC 9110
 * section 11). An Authorization field of the caller's goes alone, and a TRACE without any.
 */
final class AuthenticationStep implements Step {
  private static final Activity PROVING = new Activity(Phase.HEAD, "authenticating with");
  private static final String AUTHORIZATION = "Authorization";

  /** A challenge, and once more where its nonce had become stale. */
  private static final int MAX_ROUNDS = 3;

  private final Map<String, Guarded> guards;

  AuthenticationStep(Map<String, Guarded> guards) {
    this.guards = Map.copyOf(guards);
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    HttpUrl url = Chain.checkUrl(request);
    Guarded guard = guards.get(url.origin());
    boolean silent = chain.call().hasLeft(url)
        || request.method().equals("TRACE")
        || request.headers().contains(AUTHORIZATION);
    return guard == null || silent ? chain.proceed(request) : send(request, chain, guard);
  }

  private static HttpResponse send(HttpRequest request, Chain chain, Guarded guard)
      throws IOException {
    Credentials credentials = guard.credentials();
    Answer sent = credentials.unasked(guard.realms(), request.method(), request.target());
    for (int round = 1; ; round++) {
      HttpResponse response = chain.proceed(carrying(request, sent));
      if (response.status() != 401) {
        confirm(response, sent);
        return response;
      }
      Answer next = credentials.answer(
          challenges(response), guard.realms(), sent, request.method(), request.target());
      if (next == null || round == MAX_ROUNDS || !request.isRepeatable()) {
        return response;
      }
      response.discard();
      sent = next;
      chain.call().because(Attempt.Reason.AUTHENTICATION);
      chain.call().tell(CallEvent.Kind.AUTHENTICATING, Chain.checkUrl(request), "");
    }
  }

  private static HttpRequest carrying(HttpRequest request, @Nullable Answer answer) {
    return answer == null ? request : request.secretHeader(AUTHORIZATION, answer.value());
  }

  private static List<Challenge> challenges(HttpResponse response) throws WirelineException {
    try {
      return ChallengeParser.challenges(response.headers().all("WWW-Authenticate"));
    } catch (MalformedException | TooLargeException e) {
      throw failed(response, e);
    }
  }

  /** A server that proves nothing, or proves it wrongly, may be somebody else. */
  private static void confirm(HttpResponse response, @Nullable Answer sent)
      throws WirelineException {
    if (sent == null) {
      return;
    }
    try {
      sent.confirm(response.headers().all("Authentication-Info"));
    } catch (MalformedException | TooLargeException e) {
      throw failed(response, e);
    }
  }

  private static WirelineException failed(HttpResponse response, ParseException e) {
    response.discard();
    if (e instanceof TooLargeException large) {
      return new LimitExceededException(response.endpoint(), PROVING, large.limit(), large.max());
    }
    MalformedException malformed = (MalformedException) e;
    return new PeerProtocolException(
        response.endpoint(), PROVING, malformed.rule(), malformed.excerpt());
  }
}
