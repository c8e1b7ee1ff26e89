package dev.wireline.imap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a message's structure, and its own parts (RFC 9051, section 7.5.2, BODYSTRUCTURE). All of it is foreign
 * text. Immutable.
 *
 * @param section the section to fetch it by, such as {@code 1.2}; empty for a multipart that is the whole message
 * @param type the type and subtype in lower case: {@code text/plain}
 * @param parameters of the type, by their names in lower case
 * @param encoding the transfer encoding in lower case, such as {@code base64}; empty for a multipart
 * @param bytes its size as it is encoded; 0 for a multipart
 * @param disposition such as {@code attachment}, in lower case; empty if there is none
 * @param dispositionParameters of the disposition, by their names in lower case
 * @param envelope of the message that this part is; empty for all other types
 * @param parts the parts in it, in their order; for a message that is a part, its body
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
   * This part and all in it, the outer one first.
   *
   * @return the parts, the multiparts among them
   */
  public Stream<BodyPart> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(BodyPart::all));
  }

  /**
   * The name of the file that it is. <b>A sender chose it</b>: it may hold {@code ../} and control characters. What RFC
   * 2231 has encoded or cut is read; encoded words (RFC 2047), which do not belong there, stay as they are.
   *
   * @return the parameter {@code filename} of the disposition, else {@code name} of the type; empty if there is none
   */
  public Optional<String> filename() {
    String name = FileName.of(dispositionParameters, "filename");
    return Optional.ofNullable(name == null ? FileName.of(parameters, "name") : name);
  }
}
