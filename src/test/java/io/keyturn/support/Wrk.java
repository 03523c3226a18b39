package io.keyturn.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Load by wrk (Debian's package {@code wrk}), with one of many secrets at each request in turn. */
public final class Wrk {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

  private final Path program = Tools.program("wrk");
  private final int connections;

  /**
   * Prepares load.
   *
   * @param connections how many requests are under way at a time
   */
  public Wrk(int connections) {
    this.connections = connections;
  }

  /**
   * What a run measured.
   *
   * @param rate answers a second
   * @param p99Micros the time within which 99 of 100 answers came, in microseconds
   * @param cpuMicros the CPU time of the server for each answer, in microseconds
   */
  public record Run(double rate, double p99Micros, double cpuMicros) {}

  /**
   * Sends requests for a time.
   *
   * @param secrets sent in turn; none means that the requests have no secret
   * @param server whose CPU time is counted
   * @throws AssertionError when any answer is an error, or wrk fails
   */
  public Run run(URI address, List<String> secrets, Duration time, ProcessHandle server) {
    Path script = script(secrets);
    long before = cpu(server);
    String output =
        Tools.run(
            Path.of("").toAbsolutePath(),
            Map.of(),
            List.of(
                program.toString(),
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + time.toSeconds() + "s",
                "--timeout=10s",
                "--latency",
                "--script=" + script,
                address.toString()));
    long after = cpu(server);
    if (output.contains("Non-2xx") || output.contains("Socket errors")) {
      throw new AssertionError(output);
    }
    double requests = Double.parseDouble(group(REQUESTS, output).group(1));
    Matcher p99 = group(P99, output);
    double unit = Map.of("us", 1.0, "ms", 1e3, "s", 1e6).get(p99.group(2));
    return new Run(
        Double.parseDouble(group(RATE, output).group(1)),
        Double.parseDouble(p99.group(1)) * unit,
        (after - before) / 1e3 / requests);
  }

  private static Matcher group(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new AssertionError(output);
    }
    return matcher;
  }

  private static Path script(List<String> secrets) {
    StringBuilder lua = new StringBuilder("local requests = {}\ninit = function(args)\n");
    if (secrets.isEmpty()) {
      lua.append("  requests[1] = wrk.format('GET')\n");
    }
    for (int i = 0; i < secrets.size(); i++) {
      lua.append(
          "  requests[%d] = wrk.format('GET', nil, {['Authorization'] = 'Bearer %s'})\n"
              .formatted(i + 1, secrets.get(i)));
    }
    lua.append(
        """
        end
        local i = 0
        request = function()
          i = i % #requests + 1
          return requests[i]
        end
        """);
    try {
      Path file = Files.createDirectories(KeyturnServer.DIRECTORY).resolve("wrk.lua");
      return Files.writeString(file, lua);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The CPU time of a process and its children so far, in nanoseconds. */
  private static long cpu(ProcessHandle server) {
    return Stream.concat(Stream.of(server), server.descendants())
        .mapToLong(one -> one.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
        .sum();
  }
}
