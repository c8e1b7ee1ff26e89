/** What holds for the whole build: the arrows between the packages, and the finished jar. */
@NullMarked
package dev.wireline.build;

import org.jspecify.annotations.NullMarked;
