package dev.wireline.header;

import dev.wireline.internal.Quoted;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields, in order (RFC 9110, section 5).
 *
 * <p>A name may occur more than once, and its case does not matter. The fields are kept as bytes in their wire
 * form; strings are created on demand.
 *
 * <p>What a caller adds is checked: a name is a token, a value is visible ASCII with spaces inside. Anything
 * else is refused, never silently shortened or encoded. Spaces around a value are not part of it (section 5.5)
 * and are dropped.
 *
 * <p><b>Lenient:</b> a received value with non-ASCII bytes is read as UTF-8 if it is well-formed UTF-8, and as
 * ISO-8859-1 otherwise. RFC 9110, section 5.5 calls such bytes opaque; servers send both, and this guess is
 * nearly always right.
 *
 * <p>The values of Authorization, Proxy-Authorization, Cookie, Set-Cookie and of every name marked by {@link
 * #withSecret} never appear in {@link #toString} or in a message.
 *
 * <p>Immutable.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(FieldBlock.EMPTY, SecretNames.KNOWN);

  private final FieldBlock fields;
  private final SecretNames secrets;

  private Headers(FieldBlock fields, SecretNames secrets) {
    this.fields = fields;
    this.secrets = secrets;
  }

  /**
   * No fields.
   *
   * @return headers of size 0
   */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Creates fields from alternating names and values.
   *
   * @param namesAndValues a name, its value, the next name, its value...
   * @return the fields, in that order
   * @throws IllegalArgumentException if a name has no value, a name is not a token, or a value has a control or
   *     non-ASCII character
   */
  public static Headers of(String... namesAndValues) {
    Objects.requireNonNull(namesAndValues, "namesAndValues");
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("the last header name has no value");
    }
    FieldLines lines = new FieldLines(32 * namesAndValues.length, namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.add(namesAndValues[i], namesAndValues[i + 1], SecretNames.KNOWN);
    }
    return new Headers(lines.toBlock(), SecretNames.KNOWN);
  }

  /**
   * Parses a received header section (RFC 9112, section 5), with the grammar that the clients of this library
   * share.
   *
   * <p><b>Lenient:</b> a line may end with a bare LF (section 2.2), and a folded line is unfolded with spaces
   * (section 5.2), since old servers send both and both sections allow it. <b>Strict:</b> a space before the
   * colon, a fold before the first field, a bare CR and any control character except HTAB are refused.
   *
   * @param block holds the section; belongs to the headers from now on. Folded lines are changed in it. The
   *     caller must not change it any more, nor use it after an exception
   * @param from where the first field line starts
   * @param to the end of the section, exclusive: right after its empty line
   * @param maxFields how many fields are accepted, 0 or more
   * @return the fields
   * @throws ParseException if the section violates the grammar, has no empty line at its end or has one
   *     earlier, or has more than {@code maxFields} fields; the message names the rule and quotes what broke
   *     it; the offset is that of the byte at fault, or -1
   */
  public static Headers parse(byte[] block, int from, int to, int maxFields) throws ParseException {
    Objects.requireNonNull(block, "block");
    Objects.checkFromToIndex(from, to, block.length);
    FieldBlock fields = new FieldParser(block, to, maxFields).parse(from);
    return fields == FieldBlock.EMPTY ? EMPTY : new Headers(fields, SecretNames.KNOWN);
  }

  /**
   * These fields with one added at the end.
   *
   * @param name the name, a token
   * @param value the value; blanks around it are dropped
   * @return new headers
   * @throws IllegalArgumentException if the name is not a token, or the value has a control or non-ASCII
   *     character
   */
  public Headers with(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return with(name, value, secrets);
  }

  /**
   * These fields with one added at the end whose value is a secret.
   *
   * <p>The mark belongs to the name: it covers all fields of that name, stays with the headers made
   * from these, and survives {@link #without}.
   *
   * @param name the name, a token
   * @param value the value; blanks around it are dropped
   * @return new headers
   * @throws IllegalArgumentException as by {@link #with}
   */
  public Headers withSecret(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return with(name, value, secrets.plus(name));
  }

  private Headers with(String name, String value, SecretNames marks) {
    FieldLines lines = new FieldLines(encodedLength() + lineLength(name, value), size() + 1);
    for (int i = 0; i < size(); i++) {
      fields.copyTo(lines, i);
    }
    lines.add(name, value, marks);
    return new Headers(lines.toBlock(), marks);
  }

  /**
   * These fields with one added at the end whose value is given in octets, for a server that expects UTF-8 or
   * another charset; to RFC 9110, section 5.5, such octets have no meaning.
   *
   * @param name the name, a token
   * @param value the octets; blanks around them are dropped
   * @return new headers
   * @throws IllegalArgumentException if the name is not a token, or the value has a control character
   */
  public Headers withOctets(String name, byte[] value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    int room = encodedLength() + name.length() + value.length + FieldLines.FRAME;
    FieldLines lines = new FieldLines(room, size() + 1);
    for (int i = 0; i < size(); i++) {
      fields.copyTo(lines, i);
    }
    lines.add(name, value);
    return new Headers(lines.toBlock(), secrets);
  }

  /**
   * These fields with one value for a name: the new field replaces the first of that name, or is added at the
   * end if there is none; all others of that name are removed.
   *
   * @param name the name, a token
   * @param value the value; blanks around it are dropped
   * @return new headers
   * @throws IllegalArgumentException as by {@link #with}
   */
  public Headers replacing(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    int place = fields.indexOf(name, 0);
    if (place < 0) {
      return with(name, value);
    }
    FieldLines lines = new FieldLines(encodedLength() + lineLength(name, value), size());
    for (int i = 0; i < size(); i++) {
      if (i == place) {
        lines.add(name, value, secrets);
      } else if (!fields.isNamed(i, name)) {
        fields.copyTo(lines, i);
      }
    }
    return new Headers(lines.toBlock(), secrets);
  }

  /**
   * These fields without those of a name.
   *
   * @param name the name; if there is no such field, or it is not a valid name, nothing changes
   * @return headers without it
   */
  public Headers without(String name) {
    Objects.requireNonNull(name, "name");
    if (!contains(name)) {
      return this;
    }
    FieldLines lines = new FieldLines(encodedLength(), size());
    for (int i = 0; i < size(); i++) {
      if (!fields.isNamed(i, name)) {
        fields.copyTo(lines, i);
      }
    }
    return new Headers(lines.toBlock(), secrets);
  }

  /**
   * The value of the first field of a name.
   *
   * @param name the name
   * @return its value, possibly an empty string; empty if there is no such field
   */
  public Optional<String> first(String name) {
    Objects.requireNonNull(name, "name");
    int i = fields.indexOf(name, 0);
    return i < 0 ? Optional.empty() : Optional.of(fields.value(i));
  }

  /**
   * The value of the only field of a name as a number, such as that of a Content-Length.
   *
   * @param name the name
   * @return the number; -1 if there is no such field or more than one, or if the value is not all digits or is
   *     greater than {@link Long#MAX_VALUE}
   */
  public long decimal(String name) {
    Objects.requireNonNull(name, "name");
    int i = fields.indexOf(name, 0);
    return i < 0 || fields.indexOf(name, i + 1) >= 0 ? -1 : fields.decimal(i);
  }

  /**
   * The values of all fields of a name, one for each line; a comma list is not split.
   *
   * @param name the name
   * @return the values in order, unmodifiable; empty if there is no such field
   */
  public List<String> all(String name) {
    Objects.requireNonNull(name, "name");
    int first = fields.indexOf(name, 0);
    if (first < 0) {
      return List.of();
    }
    int count = 0;
    for (int i = first; i >= 0; i = fields.indexOf(name, i + 1)) {
      count++;
    }
    if (count == 1) {
      return List.of(fields.value(first));
    }
    String[] values = new String[count];
    int next = 0;
    for (int i = first; i >= 0; i = fields.indexOf(name, i + 1)) {
      values[next++] = fields.value(i);
    }
    return Collections.unmodifiableList(Arrays.asList(values));
  }

  /**
   * The values of all fields of a name, as {@link #all}, in the octets that came.
   *
   * @param name the name
   * @return the values in order, as new arrays; empty if there is no such field
   */
  public List<byte[]> octets(String name) {
    Objects.requireNonNull(name, "name");
    List<byte[]> values = new ArrayList<>();
    for (int i = fields.indexOf(name, 0); i >= 0; i = fields.indexOf(name, i + 1)) {
      values.add(fields.octets(i));
    }
    return values;
  }

  /**
   * The elements of the comma list formed by all fields of a name (RFC 9110, section 5.6.1). A comma inside a
   * quoted string separates nothing. Set-Cookie and dates are not such lists.
   *
   * @param name the name, such as {@code Allow}
   * @return the elements in order, as spelled, without surrounding spaces, unmodifiable; empty ones are left
   *     out
   */
  public List<String> elements(String name) {
    Objects.requireNonNull(name, "name");
    int first = fields.indexOf(name, 0);
    if (first < 0) {
      return List.of();
    }
    List<String> elements = new ArrayList<>();
    for (int i = first; i >= 0; i = fields.indexOf(name, i + 1)) {
      CommaList.split(fields.value(i), elements);
    }
    return Collections.unmodifiableList(elements);
  }

  /**
   * The date in the first field of a name (RFC 9110, section 5.6.7).
   *
   * @param name the name, such as {@code Last-Modified}
   * @return the date; empty if there is no such field, or its value is not a valid date, which recipients treat
   *     the same way
   * @see HttpDate#parse
   */
  public Optional<Instant> date(String name) {
    Objects.requireNonNull(name, "name");
    return first(name).flatMap(HttpDate::parse);
  }

  /**
   * Whether there is a field of a name.
   *
   * @param name the name
   * @return true if there is at least one
   */
  public boolean contains(String name) {
    Objects.requireNonNull(name, "name");
    return fields.indexOf(name, 0) >= 0;
  }

  /**
   * Whether a token, in any case, is an element of the comma list formed by all fields of a name (RFC 9110,
   * section 5.6.1).
   *
   * @param name the name, such as {@code Connection}
   * @param token the token, such as {@code close}; an element with parameters is not equal to it
   * @return true if one element is the token
   */
  public boolean hasToken(String name, String token) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(token, "token");
    for (int i = fields.indexOf(name, 0); i >= 0; i = fields.indexOf(name, i + 1)) {
      if (fields.hasElement(i, token)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the values of a name are secrets, whether or not there is such a field.
   *
   * @param name the name
   * @return true for Authorization, Proxy-Authorization, Cookie, Set-Cookie and for names marked by {@link
   *     #withSecret}
   */
  public boolean isSecret(String name) {
    Objects.requireNonNull(name, "name");
    return secrets.contains(name);
  }

  /**
   * The number of fields, counting each line.
   *
   * @return 0 or more
   */
  public int size() {
    return fields.size();
  }

  /**
   * The names, each once, in order of their first field and as spelled there.
   *
   * @return the names, unmodifiable
   */
  public List<String> names() {
    List<String> names = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      String name = fields.name(i);
      if (fields.indexOf(name, 0) == i) {
        names.add(name);
      }
    }
    return Collections.unmodifiableList(names);
  }

  /**
   * Calls an action for every field, in order.
   *
   * @param action called with name and value, on the calling thread
   */
  public void forEach(BiConsumer<String, String> action) {
    Objects.requireNonNull(action, "action");
    for (int i = 0; i < size(); i++) {
      action.accept(fields.name(i), fields.value(i));
    }
  }

  /**
   * How many bytes the field lines take on the wire, without the empty line that ends a section.
   *
   * @return the sum of all lines with their CRLF
   */
  public int encodedLength() {
    return fields.encodedLength();
  }

  /**
   * Encodes the field lines in their wire form, each with its CRLF, without the empty line that ends a section.
   *
   * @param target where they go
   * @param at the index of the first byte
   * @return the index after the last byte, {@link #encodedLength} further on
   * @throws IndexOutOfBoundsException if the target has no room; it is then partly filled
   */
  public int encode(byte[] target, int at) {
    Objects.requireNonNull(target, "target");
    return fields.encode(target, at);
  }

  /**
   * Whether these are the same fields in the same order: names are compared ignoring case, values byte by byte.
   * Secret marks do not count.
   *
   * @param other what to compare with, or null
   * @return true if they are the same
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Headers headers && fields.hasSameFields(headers.fields));
  }

  /**
   * A hash code that agrees with {@link #equals}.
   *
   * @return the hash code
   */
  @Override
  public int hashCode() {
    return fields.fieldsHash();
  }

  /**
   * The fields as text for people: one per line, secret values as {@code ***}, control characters escaped.
   *
   * @return the text, without a line end after the last field
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < size(); i++) {
      if (i > 0) {
        out.append('\n');
      }
      String value = fields.isSecret(i, secrets) ? "***" : Quoted.printable(fields.value(i));
      out.append(fields.name(i)).append(": ").append(value);
    }
    return out.toString();
  }

  private static int lineLength(String name, String value) {
    return name.length() + value.length() + FieldLines.FRAME;
  }
}
