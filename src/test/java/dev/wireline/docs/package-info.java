/** The documents held against the code: their examples, their tables, their links, their messages. */
@NullMarked
package dev.wireline.docs;

import org.jspecify.annotations.NullMarked;
