package io.keyturn.supplier;

import io.keyturn.json.JsonText;
import java.util.Set;

/**
 * A supplier as a list answers it.
 *
 * @param view without the members that a list does not have unasked: they are empty
 * @param json the members {@link SupplierField#OF_A_LIST}
 */
public record ListedSupplier(SupplierView view, JsonText.Written json) {
  private static final Set<String> MEMBERS = SupplierField.codes(SupplierField.OF_A_LIST);

  static ListedSupplier of(SupplierView view) {
    return new ListedSupplier(view, new JsonText.Written(new JsonText.Members(view, MEMBERS)));
  }
}
