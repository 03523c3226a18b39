/**
 * Tables as text (CSV), as spreadsheet programs write and read them.
 *
 * <p>{@link io.keyturn.csv.Csv} writes, {@link io.keyturn.csv.CsvFile} reads. What {@code Csv} has
 * written, {@code CsvFile} reads without loss.
 *
 * <p>Tests: {@code CsvTest}, {@code CsvFileTest}.
 */
@NullMarked
package io.keyturn.csv;

import org.jspecify.annotations.NullMarked;
