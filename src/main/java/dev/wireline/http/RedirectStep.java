package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Follows redirects as the rules allow. */
final class RedirectStep implements Step {
  private static final Activity FOLLOWING = new Activity(Phase.HEAD, "following a redirect from");

  private final RedirectRules rules;

  RedirectStep(RedirectRules rules) {
    this.rules = rules;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    // An outer step that starts over starts at the caller.
    chain.call().stay();
    HttpResponse first = chain.proceed(request);
    return rules.mayFollow(first.status()) ? followed(request, first, chain) : first;
  }

  private HttpResponse followed(HttpRequest request, HttpResponse first, Chain chain)
      throws IOException {
    List<Hop> hops = new ArrayList<>(1);
    HttpRequest current = request;
    HttpResponse response = first;
    while (true) {
      Hop hop = hop(current);
      hops.add(hop);
      Redirect redirect = rules.decide(hops, response.status(), response.headers());
      if (!(redirect instanceof Redirect.Follow follow)) {
        return judged(redirect, response, chain.call());
      }
      chain.call().settle(response);
      current = next(follow.next(), hop, current);
      tell(chain.call(), hop, follow.next());
      response = chain.proceed(current);
    }
  }

  private static Hop hop(HttpRequest request) {
    Hop.Content content = request.body().isEmpty()
        ? Hop.Content.NONE
        : request.isRepeatable() ? Hop.Content.REPEATABLE : Hop.Content.ONCE;
    return new Hop(request.method(), Chain.checkUrl(request), request.headers(), content);
  }

  private static HttpRequest next(Hop next, Hop sent, HttpRequest request) {
    boolean keepsBody = next.content() != Hop.Content.NONE && sent.content() != Hop.Content.NONE;
    return request.next(next, keepsBody ? request.body().orElse(null) : null);
  }

  private static void tell(Call call, Hop sent, Hop next) {
    if (!next.url().sameOrigin(sent.url())) {
      call.leave(sent.url());
    }
    call.because(Attempt.Reason.REDIRECT);
    call.tell(CallEvent.Kind.REDIRECTED, sent.url(), next.url().shown());
  }

  /** A redirect that only the caller can follow, since the body is gone, is an ordinary answer. */
  private static HttpResponse judged(Redirect redirect, HttpResponse response, Call call)
      throws RefusedResponseException {
    if (redirect instanceof Redirect.Refused refused && refused.reason() != Redirect.Reason.BODY) {
      response.settle(call.deadline());
      throw new RefusedResponseException(response, FOLLOWING, refused.rule(), refused.excerpt());
    }
    return response;
  }
}
