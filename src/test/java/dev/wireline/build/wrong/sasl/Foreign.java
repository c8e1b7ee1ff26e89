package dev.wireline.build.wrong.sasl;

import com.tngtech.archunit.core.domain.JavaClass;

/** Wrong: a library of somebody else. */
final class Foreign {
  private Foreign() {}

  static String name(JavaClass type) {
    return type.getName();
  }
}
