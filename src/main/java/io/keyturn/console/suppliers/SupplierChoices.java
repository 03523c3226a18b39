package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.console.ReaderZone;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.supplier.CommaList;
import io.keyturn.supplier.CustomFieldView;
import io.keyturn.supplier.CustomFields;
import io.keyturn.supplier.EntryView;
import io.keyturn.supplier.ReferenceLists;
import io.keyturn.supplier.Unit;
import io.keyturn.supplier.UnitKind;
import io.keyturn.supplier.UnitView;
import io.keyturn.supplier.Units;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to choose from where people filter and write suppliers. */
@Named
@RequestScoped
public class SupplierChoices {
  /** As many as there are in a filter or a form. */
  static final int MOST = 100;

  @Inject private Units units;
  @Inject private ReferenceLists lists;
  @Inject private CustomFields customFields;
  @Inject private CurrentUser current;
  @Inject private ReaderZone zone;

  private @Nullable ListView<UnitView> locations;
  private @Nullable ListView<UnitView> departments;
  private @Nullable List<EntryView> owners;
  private @Nullable List<CustomFieldView> fields;

  private <T extends Unit> ListView<UnitView> read(UnitKind<T> kind) {
    return units.list(
        Reach.all(current.organisation().id()), kind, Search.of(""), new Paging(MOST, null, false));
  }

  private ListView<UnitView> locations() {
    if (locations == null) {
      locations = read(UnitKind.LOCATION);
    }
    return locations;
  }

  private ListView<UnitView> departments() {
    if (departments == null) {
      departments = read(UnitKind.DEPARTMENT);
    }
    return departments;
  }

  /** As many as a form shows of a list. */
  public int getMost() {
    return MOST;
  }

  /** The first locations by name. */
  public List<UnitView> getLocations() {
    return locations().data();
  }

  /** A name as the filters of the list of suppliers take it. */
  public String filtered(String name) {
    return CommaList.escaped(name);
  }

  /** The first departments by name. */
  public List<UnitView> getDepartments() {
    return departments().data();
  }

  /** The people who can look after a supplier. */
  public List<EntryView> getOwners() {
    if (owners == null) {
      owners = lists.users(current.organisation().id(), ReferenceLists.page("users", null)).data();
    }
    return owners;
  }

  /** The names of all these by their ids. */
  Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    getLocations().forEach(location -> names.put(location.id().toString(), location.name()));
    getDepartments().forEach(unit -> names.put(unit.id().toString(), unit.name()));
    getOwners().forEach(owner -> names.put(owner.id(), owner.name()));
    return names;
  }

  /** The organisation's custom fields. */
  public List<CustomFieldView> getCustomFields() {
    if (fields == null) {
      fields = customFields.list(current.organisation().id());
    }
    return fields;
  }

  /** The values to choose from in a custom field. */
  public List<String> values(CustomFieldView field) {
    return field.type().equals("boolean") ? List.of("true", "false") : field.choices();
  }

  /** What the form for a supplier has. A list that is longer than a form can show is left out. */
  SupplierFields.Frame frame() {
    Set<String> references = new HashSet<>();
    if (!locations().page().hasMore()) {
      references.add("locations");
    }
    if (!departments().page().hasMore()) {
      references.add("departments");
    }
    if (getOwners().size() <= MOST) {
      references.add("owners");
    }
    return new SupplierFields.Frame(getCustomFields(), references, zone.get());
  }
}
