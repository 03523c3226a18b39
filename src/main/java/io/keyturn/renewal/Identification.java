package io.keyturn.renewal;

import io.keyturn.renewal.Renewals.Candidate;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What became of the credentials of a client: every outcome there is, as a value. Each outcome is a
 * parameter of {@link #map}, so that a caller that maps it compiles only when it has a case for
 * each.
 */
public sealed interface Identification {

  /** Calls the case of this outcome. */
  <R> R map(
      Function<Candidate, R> identified, Supplier<R> unknown, LongFunction<R> tooManyFailures);

  /** The credentials are right, whatever network they were sent from. */
  record Identified(Candidate client) implements Identification {
    @Override
    public <R> R map(
        Function<Candidate, R> identified, Supplier<R> unknown, LongFunction<R> tooManyFailures) {
      return identified.apply(client);
    }
  }

  /** The client is unknown, or its secret is wrong. */
  record Unknown() implements Identification {
    @Override
    public <R> R map(
        Function<Candidate, R> identified, Supplier<R> unknown, LongFunction<R> tooManyFailures) {
      return unknown.get();
    }
  }

  /** Too many wrong credentials came from the sender's address, which must wait so long. */
  record TooManyFailures(long waitSeconds) implements Identification {
    @Override
    public <R> R map(
        Function<Candidate, R> identified, Supplier<R> unknown, LongFunction<R> tooManyFailures) {
      return tooManyFailures.apply(waitSeconds);
    }
  }
}
