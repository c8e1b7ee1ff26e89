package dev.wireline.build.wrong.http.grammar;

/** Right: it uses nothing. */
public final class Head {}
