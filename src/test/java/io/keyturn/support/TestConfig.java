package io.keyturn.support;

import io.keyturn.config.Settings;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Settings as an operator would give them. */
public final class TestConfig {
  private TestConfig() {}

  /** The settings of a server on the embedded database, with these names and values in turn. */
  public static Settings settings(Path dataDir, String... values) {
    List<String> all = new ArrayList<>(List.of(values));
    all.addAll(
        List.of("keyturn.database.url", "jdbc:h2:mem:", "keyturn.data.dir", dataDir.toString()));
    return Settings.from(of(all.toArray(String[]::new)));
  }

  /** A configuration of these names and values in turn, and of nothing else. */
  public static Config of(String... values) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      all.put(values[i], values[i + 1]);
    }
    return (Config)
        Proxy.newProxyInstance(
            TestConfig.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> Optional.ofNullable(all.get((String) arguments[0])));
  }
}
