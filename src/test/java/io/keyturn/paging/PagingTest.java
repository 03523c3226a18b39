package io.keyturn.paging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PagingTest {
  private static final UUID ID = UUID.fromString("0b0f7cde-51a4-4e41-9b0f-0a1f8e3f9a11");
  private static final Paging TWO = new Paging(2, null, false);

  private static Cursor place(String row) {
    return new Cursor("rows", row, ID);
  }

  @Test
  void pageHasMoreWhenOneRowMoreThanItsLimitWasRead() {
    List<String> read = List.of("a", "b", "c");

    assertThat(TWO.fetch()).isEqualTo(3);
    assertThat(TWO.cut(read)).containsExactly("a", "b");
    assertThat(TWO.page(read, PagingTest::place, null))
        .isEqualTo(new Page(2, true, place("b").encode(), null));
  }

  @Test
  void fullPageWithNothingBehindItIsTheLast() {
    List<String> read = List.of("a", "b");

    assertThat(TWO.cut(read)).containsExactly("a", "b");
    assertThat(TWO.page(read, PagingTest::place, 2L)).isEqualTo(new Page(2, false, null, 2L));
  }

  @Test
  void emptyListIsOnePage() {
    assertThat(TWO.cut(List.of())).isEmpty();
    assertThat(TWO.page(List.of(), PagingTest::place, 0L)).isEqualTo(new Page(2, false, null, 0L));
  }

  @Test
  void linkKeepsTheOtherParametersAndReplacesTheCursor() {
    var parameters = new MultivaluedHashMap<String, String>();
    parameters.add("status", "all");
    parameters.add("q", "a & b>; rel=\"x\"ü");
    parameters.add("cursor", "old");

    assertThat(PagingLink.next("/api/v1/suppliers", parameters, "new"))
        .isEqualTo(
            "</api/v1/suppliers?cursor=new&q=a+%26+b%3E%3B+rel%3D%22x%22%C3%BC&status=all>;"
                + " rel=\"next\"");
  }
}
