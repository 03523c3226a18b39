package io.keyturn.renewal;

import java.util.function.Function;

/**
 * The outcome of a renewal: every outcome there is, as a value. A new refusal compiles only when
 * {@link RenewalRefusals} has a case for it, and so {@link TokenRefusals} maps it.
 */
sealed interface Renewal {

  /** The renewed secret, or the failure that a refusal is. */
  Renewed orElseThrow(Function<Refused, RuntimeException> failure);

  /** The key's current secret. */
  record Renewed(RenewedSecret secret) implements Renewal {
    @Override
    public Renewed orElseThrow(Function<Refused, RuntimeException> failure) {
      return this;
    }
  }

  /** The client gets no secret. */
  sealed interface Refused extends Renewal {
    /** Calls the case of this refusal. */
    <R> R map(RenewalRefusals<R> cases);

    @Override
    default Renewed orElseThrow(Function<Refused, RuntimeException> failure) {
      throw failure.apply(this);
    }
  }

  /** The client is unknown, or its secret is wrong. */
  record UnknownClient() implements Refused {
    @Override
    public <R> R map(RenewalRefusals<R> cases) {
      return cases.unknownClient(this);
    }
  }

  /** Too many wrong credentials came from the sender's address, which must wait so long. */
  record TooManyFailures(long waitSeconds) implements Refused {
    @Override
    public <R> R map(RenewalRefusals<R> cases) {
      return cases.tooManyFailures(this);
    }
  }

  /** The credentials are right, but the client's network is not allowed. */
  record NetworkNotAllowed() implements Refused {
    @Override
    public <R> R map(RenewalRefusals<R> cases) {
      return cases.networkNotAllowed(this);
    }
  }

  /** The credentials were right, but the key has just ended, or it was tampered with. */
  record JustEnded() implements Refused {
    @Override
    public <R> R map(RenewalRefusals<R> cases) {
      return cases.justEnded(this);
    }
  }

  /** The credentials are right, but the key lacks a scope that was asked for. */
  record ScopeLacking() implements Refused {
    @Override
    public <R> R map(RenewalRefusals<R> cases) {
      return cases.scopeLacking(this);
    }
  }

  /** The credentials are right, but the key has reached its planned end. */
  record KeyExpired() implements Refused {
    @Override
    public <R> R map(RenewalRefusals<R> cases) {
      return cases.keyExpired(this);
    }
  }
}
