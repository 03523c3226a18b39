package io.keyturn.renewal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.keyring.Keyring;
import io.keyturn.platform.Buckets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How many wrong renewal credentials an address may send: 30 at once, refilled at 30 a minute. When
 * they are spent, those from that address that were not right of late are refused unread: a client
 * that works shares its address with one that is set up wrongly.
 */
@ApplicationScoped
class RenewalFailures {
  @Inject private Keyring keyring;

  private final Buckets<String> left = new Buckets<>(30, 30);

  private final Cache<ByteBuffer, Boolean> right =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofDays(2)).build();

  /** How many seconds to wait before a request is listened to; 0 when it need not wait. */
  long secondsToWait(String address, TokenRequest request) {
    if (right.getIfPresent(digest(request)) != null) {
      return 0;
    }
    return left.secondsToWait(address);
  }

  void succeeded(TokenRequest request) {
    right.put(digest(request), true);
  }

  void refused(TokenRequest request) {
    right.invalidate(digest(request));
  }

  private ByteBuffer digest(TokenRequest request) {
    return ByteBuffer.wrap(
        keyring
            .lookupKey()
            .digest()
            .ofParts(
                request.clientId().getBytes(StandardCharsets.UTF_8),
                request.clientSecret().getBytes(StandardCharsets.UTF_8)));
  }

  void failed(String address) {
    left.take(address);
  }
}
