/** Benchmarks against the floor, a plain blocking socket, and against peers, each in one run. */
package dev.wireline.bench;
