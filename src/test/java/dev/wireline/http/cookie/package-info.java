/** Tests of cookies and their jars, without a socket or a clock. */
@NullMarked
package dev.wireline.http.cookie;

import org.jspecify.annotations.NullMarked;
