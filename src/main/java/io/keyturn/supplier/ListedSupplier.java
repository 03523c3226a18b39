package io.keyturn.supplier;

import io.keyturn.json.JsonText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A supplier as a list answers it.
 *
 * @param view without the members that a list does not have unasked: they are empty
 * @param json the members {@link SupplierField#OF_A_LIST}, if they were written before
 */
public record ListedSupplier(SupplierView view, JsonText.@Nullable Written json) {
  private static final Set<String> MEMBERS = SupplierField.codes(SupplierField.OF_A_LIST);

  private JsonText.Members members() {
    return new JsonText.Members(view, MEMBERS);
  }

  ListedSupplier written() {
    return new ListedSupplier(view, new JsonText.Written(members()));
  }

  /** What {@link JsonText} writes of it unless other members are wanted. */
  public Object answer() {
    return json == null ? members() : json;
  }
}
