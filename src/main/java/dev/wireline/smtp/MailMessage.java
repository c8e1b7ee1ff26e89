package dev.wireline.smtp;

import dev.wireline.line.Content;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plain-text mail with attachments, in any language (RFC 5322; MIME, RFC 2045 to 2047; RFC 2231).
 *
 * <pre>{@code
 * MailMessage report = MailMessage.builder()
 *     .from("Joe", "joe@example.org")
 *     .to("Ann", "ann@example.net")
 *     .subject("The report")
 *     .text("Here it is.\n")
 *     .attach(Path.of("report.pdf"), "application/pdf")
 *     .build();
 * client.send(report).orThrow();
 * }</pre>
 *
 * <p>It is encoded as ASCII throughout, except for non-ASCII addresses, so that every server accepts it.
 * Attachments are read while they are being sent.
 *
 * <p>Immutable. It can be sent again if the contents of all attachments can.
 */
public final class MailMessage {
  /** 144 bits. */
  private static final int RANDOM_BYTES = 18;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Envelope envelope;
  private final String id;
  private final Content content;

  private MailMessage(Envelope envelope, String id, Content content) {
    this.envelope = envelope;
    this.id = id;
    this.content = content;
  }

  /**
   * Starts a mail.
   *
   * @return a builder of an empty mail
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The sender and all recipients of To, Cc and Bcc, each once.
   *
   * @return the envelope
   */
  public Envelope envelope() {
    return envelope;
  }

  /**
   * Its Message-ID, to which replies refer.
   *
   * @return the id, in angle brackets
   */
  public String id() {
    return id;
  }

  /**
   * The message as it is sent: header, text and attachments.
   *
   * @return the content, the same instance each time
   */
  public Content content() {
    return content;
  }

  /**
   * Its id and addresses, but nothing of its content.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return id + " from " + envelope;
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** An attachment: its header, and its bytes in Base64. */
  private record Attachment(String head, Content lines) {}

  /**
   * Builds a {@link MailMessage}. Each method that takes a text throws an {@link IllegalArgumentException} if it has a
   * control character, such as CR or LF, or half of a surrogate pair, and leaves the builder as it was. Not
   * thread-safe.
   */
  public static final class Builder {
    private final Map<String, List<MailAddress>> addresses = new LinkedHashMap<>();
    private final List<String> fields = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private String subject = "";
    private MailText text = MailText.of("");
    private @Nullable OffsetDateTime date;

    private Builder() {}

    /**
     * The sender; required; the last call counts.
     *
     * @param address a bare address, such as {@code joe@example.org}
     * @return this
     * @throws IllegalArgumentException if it is not an address that can appear in a header
     */
    public Builder from(String address) {
      return from("", address);
    }

    /**
     * The sender.
     *
     * @param name the display name; empty for none
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder from(String name, String address) {
      Objects.requireNonNull(name, "name");
      addresses.put("From", List.of(MailAddress.of(name, address)));
      return this;
    }

    /**
     * Adds a recipient.
     *
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder to(String address) {
      return to("", address);
    }

    /**
     * Adds a recipient.
     *
     * @param name as {@link #from(String, String)}
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder to(String name, String address) {
      return add("To", name, address);
    }

    /**
     * Adds a recipient of a copy (Cc).
     *
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder cc(String address) {
      return cc("", address);
    }

    /**
     * Adds a recipient of a copy (Cc).
     *
     * @param name as {@link #from(String, String)}
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder cc(String name, String address) {
      return add("Cc", name, address);
    }

    /**
     * Adds a recipient of a blind copy (Bcc), invisible to the others: the address is only in the envelope.
     *
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder bcc(String address) {
      return add("Bcc", "", address);
    }

    /**
     * Adds an address for replies, in place of the sender.
     *
     * @param address as {@link #from(String)}
     * @return this
     */
    public Builder replyTo(String address) {
      return add("Reply-To", "", address);
    }

    private Builder add(String field, String name, String address) {
      Objects.requireNonNull(name, "name");
      MailAddress one = MailAddress.of(name, address);
      addresses.computeIfAbsent(field, none -> new ArrayList<>()).add(one);
      return this;
    }

    /**
     * The subject; none unless set.
     *
     * @param value one line of text
     * @return this
     */
    public Builder subject(String value) {
      Objects.requireNonNull(value, "value");
      subject = value.isEmpty() ? "" : MailHeader.field("Subject", value);
      return this;
    }

    /**
     * The text; empty unless set.
     *
     * @param value lines that end in LF, CRLF or CR, of any length
     * @return this
     * @throws IllegalArgumentException if it has half of a surrogate pair
     */
    public Builder text(String value) {
      text = MailText.of(value);
      return this;
    }

    /**
     * The date; the time of {@link #build} unless set.
     *
     * @param value the time, with the offset to display
     * @return this
     */
    public Builder date(OffsetDateTime value) {
      date = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Adds a header field, such as {@code In-Reply-To}.
     *
     * @param name its name; not one that other methods write
     * @param value its text
     * @return this
     * @throws IllegalArgumentException if the name is not printable ASCII without a colon, or is written by another
     *     method
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(value, "value");
      fields.add(MailHeader.field(MailHeader.free(name), value));
      return this;
    }

    /**
     * Attaches a file under the last name of its path.
     *
     * @param file the file, which is read when the mail is sent
     * @param contentType its media type, such as {@code application/pdf}
     * @return this
     * @throws IllegalArgumentException as {@link #attach(String, Content, String)}, or if the path has no name
     */
    public Builder attach(Path file, String contentType) {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(contentType, "contentType");
      Path name = file.getFileName();
      return attach(name == null ? "" : name.toString(), Content.of(file), contentType);
    }

    /**
     * Attaches any content.
     *
     * @param fileName the name of the file
     * @param content its bytes, which arrive as they are
     * @param contentType its media type, such as {@code application/pdf}
     * @return this
     * @throws IllegalArgumentException if the file name is empty, or the media type is not valid, or is {@code
     *     multipart} or {@code message}
     */
    public Builder attach(String fileName, Content content, String contentType) {
      Objects.requireNonNull(fileName, "fileName");
      Objects.requireNonNull(content, "content");
      Objects.requireNonNull(contentType, "contentType");
      String head = MailHeader.attachment(fileName, contentType);
      attachments.add(new Attachment(head, Base64Lines.of(content)));
      return this;
    }

    /**
     * Builds the mail.
     *
     * @return the mail
     * @throws IllegalStateException if there is no sender or no recipient
     */
    public MailMessage build() {
      List<MailAddress> from = addresses.getOrDefault("From", List.of());
      Set<String> to = new LinkedHashSet<>();
      Stream.of("To", "Cc", "Bcc")
          .flatMap(field -> addresses.getOrDefault(field, List.of()).stream())
          .forEach(one -> to.add(one.address()));
      if (from.isEmpty() || to.isEmpty()) {
        throw new IllegalStateException("a mail has a sender and at least one recipient");
      }
      String sender = from.get(0).address();
      String id = '<' + random() + sender.substring(sender.lastIndexOf('@')) + '>';
      return new MailMessage(
          Envelope.of(sender, List.copyOf(to)), id, Content.ofAll(parts(header(id))));
    }

    private String header(String id) {
      OffsetDateTime when =
          date == null ? InstantSource.system().instant().atOffset(ZoneOffset.UTC) : date;
      // GMT is obsolete in mail (RFC 5322, section 4.3).
      String shown = DateTimeFormatter.RFC_1123_DATE_TIME.format(when).replace("GMT", "+0000");
      StringBuilder out = new StringBuilder("Date: ").append(shown).append("\r\n");
      addresses.forEach((field, all) -> {
        if (!field.equals("Bcc")) {
          out.append(MailAddress.field(field, all));
        }
      });
      out.append("Message-ID: ").append(id).append("\r\n").append(subject);
      fields.forEach(out::append);
      return out.append("MIME-Version: 1.0\r\n").toString();
    }

    /** The text, or the text and the attachments (RFC 2046, section 5.1.3). */
    private List<Content> parts(String header) {
      if (attachments.isEmpty()) {
        return List.of(Content.of(header + text.part()));
      }
      // Neither Base64 nor quoted-printable contains "=_", nor does a text that is sent as it is.
      String boundary = "=_" + random();
      List<Content> parts = new ArrayList<>();
      parts.add(Content.of(header + "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary
          + "\"\r\n\r\n--" + boundary + "\r\n" + text.part()));
      for (Attachment attachment : attachments) {
        parts.add(Content.of("\r\n--" + boundary + "\r\n" + attachment.head()));
        parts.add(attachment.lines());
      }
      parts.add(Content.of("\r\n--" + boundary + "--\r\n"));
      return parts;
    }
  }
}
