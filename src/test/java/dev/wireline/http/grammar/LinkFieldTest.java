package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Link fields, as servers write them (RFC 8288, section 3). */
@Timeout(20)
class LinkFieldTest {
  private static Arguments links(String field, String... expected) {
    return Arguments.of(field, List.of(expected));
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        links("</a>; rel=next", "/a {rel=next}"),
        links("</a>;rel=\"next\";title=\"a, b\"", "/a {rel=next, title=a, b}"),
        links(
            "<https://box.example/,acl>; rel=acl, </x?f=a,b>; rel=\"next\"; title=\"a, b\"",
            "https://box.example/,acl {rel=acl}",
            "/x?f=a,b {rel=next, title=a, b}"),
        links("</a>, </b>", "/a {}", "/b {}"),
        links(" ,, </a> , ,</b>,", "/a {}", "/b {}"),
        links("<>; rel=self", " {rel=self}"),
        links("< /a >; rel=self", "/a {rel=self}"),
        links("</a>; rel=\"next last\"", "/a {rel=next last}"),
        links("</a>; REL=next; rel=prev", "/a {rel=next}"),
        links("</a>; rel = next ; x", "/a {rel=next, x=}"),
        links("</a>; rel= \"next\" ;", "/a {rel=next}"),
        links("</a>;;; rel=next", "/a {rel=next}"),
        links("</a> rel=next; title=x", "/a {title=x}"),
        links("</a>; =x; rel=next", "/a {rel=next}"),
        links("</a>; rel=a b c", "/a {rel=a b c}"),
        links("</a>; title=\"a \\\"b\\\" \\\\\"", "/a {title=a \"b\" \\}"),
        links("</a>; title=\"open, </b>; rel=x", "/a {title=open, </b>; rel=x}"),
        links("</a>; title=\"open\\", "/a {title=open\\}"),
        links("</a>; title=\"a\" b; rel=next", "/a {title=a, rel=next}"),
        links("</a>; title=x; title*=UTF-8''na%C3%AFve", "/a {title=na\u00efve}"),
        links("</a>; title*=utf-8'en'a%20b", "/a {title=a b}"),
        links("</a>; title*=iso-8859-1''na%EFve", "/a {title=na\u00efve}"),
        links("</a>; title*=\"UTF-8''a\"", "/a {title=a}"),
        links("</a>; title=x; title*=UTF-8''%C3", "/a {title=x}"),
        links("</a>; title=x; title*=UTF-8''%4", "/a {title=x}"),
        links("</a>; title=x; title*=UTF-8''%zz", "/a {title=x}"),
        links("</a>; title=x; title*=koi8-r''a", "/a {title=x}"),
        links("</a>; title=x; title*=a'b", "/a {title=x}"),
        links("</a>; title=x; title*=utf-8''\u00ef", "/a {title=x}"),
        links("/a; rel=next, </b>", "/b {}"),
        links("</a; rel=next, </b>; rel=prev", "/a; rel=next, </b {rel=prev}"),
        links("</a; rel=next"),
        links("nonsense"),
        links("; rel=next, <"),
        links(""));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void areReadAndNonsenseIsPassedOver(String field, List<String> expected) {
    assertThat(LinkField.parse(List.of(field)))
        .extracting(link -> link.target() + " " + link.parameters())
        .isEqualTo(expected);
  }

  @Test
  void areThoseOfAllLines() {
    assertThat(LinkField.parse(List.of("</a>", "", "</b>; x=\"")))
        .containsExactly(new LinkField("/a", Map.of()), new LinkField("/b", Map.of("x", "")));
  }

  @Test
  void areReadInTimeThatGrowsWithTheLengthOfTheField() {
    assertThat(LinkField.parse(List.of("<a>;x=\"\\".repeat(20_000)))).hasSize(1);
    assertThat(LinkField.parse(List.of(",<;=\"".repeat(20_000)))).isEmpty();
  }
}
