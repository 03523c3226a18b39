/**
 * What keys were used for, by whom and with what success.
 *
 * <p>Start with {@link io.keyturn.usage.UsageRecorder}: each request is noted in memory and written
 * every five seconds; a crash loses these seconds and nothing else. A {@link
 * io.keyturn.usage.Client} is who sends requests: an address and a user agent. {@link
 * io.keyturn.usage.Clients} reads who used which secret, {@link io.keyturn.usage.UsageHours} how
 * requests were answered, by hour.
 *
 * <p>Tests: {@code ClientCountsTest}, {@code HourCountsTest}, {@code ClientsHttpIT}, {@code
 * UsageHttpIT}.
 */
@NullMarked
package io.keyturn.usage;

import org.jspecify.annotations.NullMarked;
