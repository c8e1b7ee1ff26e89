package dev.wireline.http.grammar;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file name of a Content-Disposition field (RFC 6266). */
public final class ContentDisposition {
  private ContentDisposition() {}

  /**
   * The name that a server proposes for a file, made {@link FileName#safe safe}: that of {@code
   * filename*}, else of {@code filename}.
   *
   * <p><b>Lenient:</b> the type may be missing, and a value without quotes may have spaces.
   *
   * @param field the value of the field
   * @return the name; empty if there is no usable file name
   */
  public static Optional<String> fileName(String field) {
    int end = field.indexOf(';');
    boolean hasType = (end < 0 ? field : field.substring(0, end)).indexOf('=') < 0;
    FieldParameters parameters =
        new FieldParameters(new FieldCursor(hasType ? field : ";" + field), false);
    return name(parameters.extended().get("filename"))
        .or(() -> name(parameters.plain().get("filename")));
  }

  private static Optional<String> name(@Nullable String proposed) {
    return proposed == null ? Optional.empty() : FileName.safe(proposed);
  }
}
