package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.console.ReaderZone;
import io.keyturn.usage.UsageHours;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** How the requests of each key in the table went in the last days, for a small chart. */
@Named
@RequestScoped
public class KeyTrends {
  private static final int DAYS = 7;

  @Inject private UsageHours hours;
  @Inject private CurrentUser current;
  @Inject private ReaderZone zone;

  private final Set<ApiKeyId> expected = new LinkedHashSet<>();
  private final Map<ApiKeyId, String> trends = new HashMap<>();

  /** Says for which keys the table will ask, so that one query answers for all of them. */
  void expect(Collection<ApiKeyRow> keys) {
    keys.forEach(key -> expected.add(key.id()));
  }

  /** The number of a key's requests on each of the last seven days; empty without requests. */
  public String of(ApiKeyRow key) {
    if (!trends.containsKey(key.id())) {
      expected.add(key.id());
      read(expected);
      expected.clear();
    }
    return trends.getOrDefault(key.id(), "");
  }

  private void read(Collection<ApiKeyId> keys) {
    Map<ApiKeyId, long[]> counts = hours.daily(current.organisation().id(), keys, DAYS, zone.get());
    keys.forEach(
        key ->
            trends.put(
                key,
                LongStream.of(counts.getOrDefault(key, new long[0]))
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(" "))));
  }
}
