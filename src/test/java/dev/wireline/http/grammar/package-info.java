/** Tests of the grammar, which bytes are fed to without a socket. */
@NullMarked
package dev.wireline.http.grammar;

import org.jspecify.annotations.NullMarked;
