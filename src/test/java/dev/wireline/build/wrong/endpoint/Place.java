package dev.wireline.build.wrong.endpoint;

/** Right: a value. */
public record Place(String host, int port) {}
