/**
 * Typed settings, read and checked at the start.
 *
 * <p>Start with {@link io.keyturn.config.Settings}: what several features need. The settings of one
 * feature live in that feature, are read by {@link io.keyturn.config.SettingsReader}, and register
 * a {@link io.keyturn.config.StartupCheck} in {@code META-INF/services}. {@link
 * io.keyturn.config.StartupChecks} runs all checks before the first bean exists; a {@link
 * io.keyturn.config.WrongSetting} stops the start with one line that names the variable. Variables
 * that nobody reads are named in the log.
 *
 * <p>Tests: {@code SettingsTest}, {@code UnreadVariablesTest}, {@code StartIT}.
 */
@NullMarked
package io.keyturn.config;

import org.jspecify.annotations.NullMarked;
