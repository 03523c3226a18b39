package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.KeyturnServer;
import org.junit.jupiter.api.Test;

/** PostgreSQL finds suppliers by a part of a text without reading all of them. */
class SearchIndexPostgresqlIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  @Test
  void searchHasAnIndexOfTrigrams() {
    assertThat(
            SERVER
                .control()
                .sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'supplier_by_text'"))
        .singleElement()
        .asString()
        .contains("gin (search_text", "gin_trgm_ops");
  }

  /**
   * With the usual operators, the index would find the beginning of a term in one collation only.
   */
  @Test
  void theBeginningOfATermHasAnIndexInEachCollation() {
    assertThat(
            SERVER
                .control()
                .sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'supplier_term_by_term'"))
        .singleElement()
        .asString()
        .contains("term varchar_pattern_ops");
  }
}
