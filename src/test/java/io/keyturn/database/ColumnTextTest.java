package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTextTest {
  @Test
  void textThatFitsStaysAsItIs() {
    assertThat(ColumnText.cut("", 3)).isEmpty();
    assertThat(ColumnText.cut("abc", 3)).isEqualTo("abc");
  }

  @Test
  void longTextIsCutButNoCharacterIsHalved() {
    assertThat(ColumnText.cut("abcd", 3)).isEqualTo("abc");
    assertThat(ColumnText.cut("ab😀", 3)).isEqualTo("ab");
    assertThat(ColumnText.cut("a😀d", 3)).isEqualTo("a😀");
  }
}
