package dev.wireline.whois;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whois (RFC 3912): asks who holds a domain, an address or a number.
 *
 * <pre>
 * C: example.org
 * S: domain:  EXAMPLE.ORG
 * S: refer:   whois.registry.example
 * </pre>
 *
 * <p>The answer ends with its connection. RDAP (RFC 9082), over HTTP, has replaced it for most names.
 * Thread-safe.
 */
public final class Whois {
  /** The port: 43. */
  public static final int PORT = 43;

  /** How many referrals a look-up follows: 5. */
  public static final int MAX_REFERRALS = 5;

  private static final String FIRST_SERVER = "whois.iana.org";

  /** What servers require around a query to answer in full. */
  private static final Map<String, String> FORMS = Map.of(
      "whois.arin.net", "n + %",
      "whois.denic.de", "-T dn,ace %",
      "whois.jprs.jp", "%/e",
      "whois.verisign-grs.com", "domain %");

  private Whois() {}

  /**
   * Asks one server.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param query the line to send, as it is
   * @return the answer
   * @throws IllegalArgumentException if it is not a valid endpoint, or the query contains CR, LF or NUL;
   *     nothing was dialled
   * @throws IOException as {@link #ask(Endpoint, String, QuestionOptions)}
   */
  public static WhoisAnswer ask(String endpoint, String query) throws IOException {
    Endpoint place = Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PORT);
    return ask(place, query, QuestionOptions.standard());
  }

  /**
   * Asks one server.
   *
   * @param endpoint the server
   * @param query the line to send, as it is
   * @param options the timeout and the limits and the charset
   * @return the answer
   * @throws IllegalArgumentException if the query contains CR, LF or NUL, or a character that the charset
   *     cannot encode; nothing was dialled
   * @throws IOException as {@link Question#bytes}
   */
  public static WhoisAnswer ask(Endpoint endpoint, String query, QuestionOptions options)
      throws IOException {
    Objects.requireNonNull(query, "query");
    return Question.ask(endpoint, Message.of().line(query), options, question -> {
      byte[] bytes = question.client().readToEnd();
      return new WhoisAnswer(endpoint, bytes, question.text(bytes));
    });
  }

  /**
   * Looks something up, starting at IANA's server.
   *
   * @param name a domain, an address or a number
   * @return the answers on the way, at least one; the last is the most detailed
   * @throws IllegalArgumentException if the name contains CR, LF or NUL; nothing was dialled
   * @throws IOException as {@link #lookUp(Endpoint, String, QuestionOptions)}
   */
  public static List<WhoisAnswer> lookUp(String name) throws IOException {
    return lookUp(Endpoint.tcp(FIRST_SERVER, PORT), name, QuestionOptions.standard());
  }

  /**
   * Looks something up: asks a server, and then the one that its answer {@link WhoisAnswer#referral() names},
   * up to {@link #MAX_REFERRALS} times, each server once. Servers that require more than the name get it, such
   * as {@code n + NAME} at ARIN.
   *
   * @param first the first server to ask
   * @param name a domain, an address or a number
   * @param options the timeout, which covers the whole look-up, and the limits
   * @return the answers on the way, at least one; the last is the most detailed
   * @throws IllegalArgumentException as {@link #ask(Endpoint, String, QuestionOptions)}
   * @throws IOException as {@link #ask(Endpoint, String, QuestionOptions)}, if any server fails; to keep the
   *     answers before it, ask and follow referrals yourself
   */
  public static List<WhoisAnswer> lookUp(Endpoint first, String name, QuestionOptions options)
      throws IOException {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(options, "options");
    Deadline end = Deadline.after(options.timeout(), Phase.CALL, "timeout");
    List<WhoisAnswer> answers = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    Optional<Endpoint> next = Optional.of(first);
    while (next.isPresent()
        && answers.size() <= MAX_REFERRALS
        && asked.add(next.get().host())) {
      WhoisAnswer answer = ask(next.get(), form(next.get(), name), left(options, end));
      answers.add(answer);
      next = answer.referral();
    }
    return List.copyOf(answers);
  }

  private static QuestionOptions left(QuestionOptions options, Deadline end) {
    return options.withTimeout(Duration.ofNanos(Math.max(1, end.remainingNanos())));
  }

  private static String form(Endpoint server, String name) {
    return FORMS.getOrDefault(server.host(), "%").replace("%", name);
  }
}
