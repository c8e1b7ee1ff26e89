package dev.wireline.chaos;

/** What carries the bytes. */
enum Carrier {
  TCP,
  TLS,
  UNIX
}
