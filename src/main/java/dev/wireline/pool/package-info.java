/**
 * Connections that wait for their next use, of any protocol. Not exported.
 *
 * <p>The pool knows wires, dialers and endpoints, and nothing of what is said on them. Its bounds are
 * {@link dev.wireline.net.PoolOptions}, which users set.
 */
@NullMarked
package dev.wireline.pool;

import org.jspecify.annotations.NullMarked;
