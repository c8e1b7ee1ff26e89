package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** What Redis answers, in version 2 of its protocol. Immutable, but for the bytes. */
public sealed interface RedisReply {
  /** There is nothing: a null. */
  RedisReply NOTHING = new Nothing();

  /** A word such as OK. */
  record Text(String text) implements RedisReply {}

  /** A no, where it is a part of an answer; where it is the whole, it is thrown. */
  record Failure(String text) implements RedisReply {}

  /** A number. */
  record Numeral(long value) implements RedisReply {}

  /** Any bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Bytes(byte[] bytes) implements RedisReply {
    @Override
    public String toString() {
      return new String(bytes, UTF_8);
    }
  }

  /** A null. */
  record Nothing() implements RedisReply {}

  /** Several, which may be of several items again. */
  record Items(List<RedisReply> items) implements RedisReply {
    public Items {
      items = List.copyOf(items);
    }
  }
}
