package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user sees names nothing that a user cannot see. */
class ExportsTest {
  private static final Layers LAYERS = new Layers("dev.wireline");

  @Test
  void namesNoHiddenTypeInWhatIsExported() throws Exception {
    JavaClasses classes = Compiled.classes();

    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      if (isExported(type)) {
        shown(type)
            .filter(ExportsTest::isHidden)
            .forEach(hidden -> found.add(LAYERS.nameOf(type) + " shows " + LAYERS.nameOf(hidden)));
      }
    }

    assertThat(classes).isNotEmpty();
    assertThat(found).isEmpty();
  }

  private static boolean isExported(JavaClass type) {
    boolean here = isShown(type.getModifiers()) && !Layers.HIDDEN.contains(LAYERS.packageOf(type));
    return here && type.getEnclosingClass().map(ExportsTest::isExported).orElse(true);
  }

  private static boolean isShown(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** The supertypes, and all that stands in the signatures of members. */
  private static Stream<JavaClass> shown(JavaClass type) {
    Stream<JavaClass> interfaces =
        type.getRawInterfaces().stream().filter(hidden -> !showsAllOf(type, hidden));
    Stream<JavaClass> above = Stream.concat(type.getRawSuperclass().stream(), interfaces);
    Stream<JavaClass> members = type.getMembers().stream()
        .filter(member -> isShown(member.getModifiers()))
        .flatMap(ExportsTest::inSignature);
    return Stream.concat(above, members);
  }

  /** An interface adds nothing to a class that has each of its methods itself, with a Javadoc of its own. */
  private static boolean showsAllOf(JavaClass type, JavaClass hidden) {
    return hidden.getMethods().stream()
        .allMatch(method -> type.getMethods().stream()
            .anyMatch(own -> own.getName().equals(method.getName())
                && own.getRawParameterTypes().equals(method.getRawParameterTypes())));
  }

  private static Stream<JavaClass> inSignature(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    Stream<JavaClass> parameters =
        code.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream());
    Stream<JavaClass> thrown = code.getThrowsClause().getTypes().stream();
    Stream<JavaClass> result = code.getReturnType().getAllInvolvedRawTypes().stream();
    return Stream.of(parameters, thrown, result).flatMap(types -> types);
  }

  private static boolean isHidden(JavaClass type) {
    return Layers.HIDDEN.contains(LAYERS.packageOf(type.getBaseComponentType()));
  }
}
