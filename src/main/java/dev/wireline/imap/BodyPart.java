package dev.wireline.imap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a message's structure, with its own parts (RFC 9051, section 7.5.2, BODYSTRUCTURE). All of it is
 * text from the server. Immutable.
 *
 * @param section the section under which to fetch it, such as {@code 1.2}; empty for a multipart that is the
 *     whole message
 * @param type the type and subtype in lower case: {@code text/plain}
 * @param parameters the parameters of the type, by lower-case name
 * @param encoding the transfer encoding in lower case, such as {@code base64}; empty for a multipart
 * @param bytes its encoded size; 0 for a multipart
 * @param disposition the disposition in lower case, such as {@code attachment}; empty if there is none
 * @param dispositionParameters the parameters of the disposition, by lower-case name
 * @param envelope the envelope, if this part is a message; empty for all other types
 * @param parts its own parts, in order; for a message that is a part, its body
 */
public record BodyPart(
    String section,
    String type,
    Map<String, String> parameters,
    String encoding,
    long bytes,
    String disposition,
    Map<String, String> dispositionParameters,
    Optional<ImapEnvelope> envelope,
    List<BodyPart> parts) {
  /**
   * A part.
   *
   * @param section as above
   * @param type as above
   * @param parameters as above
   * @param encoding as above
   * @param bytes as above
   * @param disposition as above
   * @param dispositionParameters as above
   * @param envelope as above
   * @param parts as above
   */
  public BodyPart {
    Objects.requireNonNull(section, "section");
    Objects.requireNonNull(type, "type");
    parameters = Map.copyOf(Objects.requireNonNull(parameters, "parameters"));
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(disposition, "disposition");
    dispositionParameters =
        Map.copyOf(Objects.requireNonNull(dispositionParameters, "dispositionParameters"));
    Objects.requireNonNull(envelope, "envelope");
    parts = List.copyOf(Objects.requireNonNull(parts, "parts"));
  }

  /**
   * This part and all parts in it, outer ones first.
   *
   * @return the parts, including multiparts
   */
  public Stream<BodyPart> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(BodyPart::all));
  }

  /**
   * The file name of this part. <b>The sender chose it</b>: it may contain {@code ../} and control characters.
   * The encoding and continuations of RFC 2231 are decoded; encoded words (RFC 2047), which do not belong
   * there, are not.
   *
   * @return the parameter {@code filename} of the disposition, else {@code name} of the type; empty if there is none
   */
  public Optional<String> filename() {
    String name = FileName.of(dispositionParameters, "filename");
    return Optional.ofNullable(name == null ? FileName.of(parameters, "name") : name);
  }
}
