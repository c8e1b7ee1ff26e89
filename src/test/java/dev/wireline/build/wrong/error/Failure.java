package dev.wireline.build.wrong.error;

/** Right: it uses nothing. */
public final class Failure {}
