package dev.wireline.http.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One link of a Link field (RFC 8288, section 3). Immutable.
 *
 * @param target the reference between the angle brackets, as it was spelled
 * @param parameters the parameters, by lower-case name without the asterisk; of two with one name, the one with
 *     a charset, else the first
 */
public record LinkField(String target, Map<String, String> parameters) {
  /**
   * Reads the links of all fields of that name.
   *
   * <p><b>Lenient:</b> a malformed link is skipped up to the next comma.
   *
   * @param lines the values of the fields, one for each line
   * @return the links in order; may be none
   */
  public static List<LinkField> parse(List<String> lines) {
    List<LinkField> links = new ArrayList<>();
    for (String line : lines) {
      FieldCursor at = new FieldCursor(line);
      for (at.skipGaps(); !at.atEnd(); at.skipGaps()) {
        read(at, links);
      }
    }
    return links;
  }

  private static void read(FieldCursor at, List<LinkField> links) {
    boolean opened = at.at('<');
    String target = "";
    if (opened) {
      at.skip();
      target = at.until(">").strip();
    }
    boolean isLink = opened && at.at('>');
    Map<String, String> parameters = new FieldParameters(at, true).all();
    if (isLink) {
      links.add(new LinkField(target, parameters));
    }
  }
}
