package io.keyturn.database;

import java.util.List;
import java.util.stream.IntStream;

/** Splits long lists for transactions that must stay short. */
public final class Chunks {
  private Chunks() {}

  public static <T> List<List<T>> of(List<T> all, int size) {
    return IntStream.iterate(0, i -> i < all.size(), i -> i + size)
        .mapToObj(i -> all.subList(i, Math.min(i + size, all.size())))
        .toList();
  }
}
