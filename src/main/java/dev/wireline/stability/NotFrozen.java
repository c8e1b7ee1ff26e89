package dev.wireline.stability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what is public and may still change from one version to the next without notice: what only the
 * library's own packages need, and points for extension that few have tried.
 *
 * <p>What does not have it is meant to stay as it is. It is in the class file, so that tools that compare two
 * versions can leave what has it out, and does nothing at run time.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({
  ElementType.TYPE,
  ElementType.METHOD,
  ElementType.CONSTRUCTOR,
  ElementType.FIELD,
  ElementType.PACKAGE
})
public @interface NotFrozen {}
