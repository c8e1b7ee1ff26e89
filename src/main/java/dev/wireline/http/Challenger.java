package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.Challenge;
import dev.wireline.http.grammar.ChallengeParser;
import dev.wireline.internal.MalformedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks for credentials, and the fields used for it (RFC 9110 sections 11.6 and 11.7). */
enum Challenger {
  /** The server that a document belongs to. */
  ORIGIN(401, "WWW-Authenticate", "Authorization", "Authentication-Info"),
  /** The proxy on the way. */
  PROXY(407, "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info");

  /** A challenge, and another one if its nonce had become stale. */
  static final int MAX_ROUNDS = 3;

  private static final Activity PROVING = new Activity(Phase.HEAD, "authenticating with");

  private final int status;
  private final String challenge;
  private final String answer;
  private final String confirmation;

  Challenger(int status, String challenge, String answer, String confirmation) {
    this.status = status;
    this.challenge = challenge;
    this.answer = answer;
    this.confirmation = confirmation;
  }

  int status() {
    return status;
  }

  /** The name of the field that carries the answer. */
  String field() {
    return answer;
  }

  /** Sends a request with what is known, and again as long as there is a challenge to answer. */
  HttpResponse send(HttpRequest request, String target, Chain chain, Guarded guard)
      throws IOException {
    Answer sent = guard.unasked(request.method(), target);
    for (int round = 1; ; round++) {
      HttpRequest carrying = sent == null ? request : request.secretHeader(answer, sent.value());
      HttpResponse response = chain.proceed(carrying);
      Answer next = next(response, request, target, guard, sent);
      if (next == null || round == MAX_ROUNDS || !request.isRepeatable()) {
        return response;
      }
      chain.call().settle(response);
      sent = next;
      chain.call().because(Attempt.Reason.AUTHENTICATION);
      chain.call().tell(CallEvent.Kind.AUTHENTICATING, Chain.checkUrl(request), "");
    }
  }

  private @Nullable Answer next(
      HttpResponse response,
      HttpRequest request,
      String target,
      Guarded guard,
      @Nullable Answer sent)
      throws IOException {
    if (response.status() == status) {
      return guard.answer(challenges(response.headers()), sent, request.method(), target);
    }
    try {
      // A server whose proof is wrong may be somebody else.
      if (sent != null) {
        sent.confirm(response.headers().all(confirmation));
      }
      return null;
    } catch (MalformedException e) {
      response.discard();
      throw new RefusedResponseException(response, PROVING, e.rule(), e.excerpt());
    }
  }

  List<Challenge> challenges(Headers headers) {
    return ChallengeParser.challenges(headers.all(challenge));
  }
}
