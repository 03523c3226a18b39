package io.keyturn.console.settings;

import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.CredentialHistory;
import io.keyturn.apikey.CredentialRow;
import io.keyturn.console.Listing;
import io.keyturn.console.PageState;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.user.signin.CurrentUser;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.omnifaces.cdi.ViewScoped;

/** The tab <b>Credentials</b> of a key's page: its secrets by number, never the secrets. */
@Named
@ViewScoped(saveInViewState = true)
public class KeyCredentials extends PageState {
  private static final long serialVersionUID = 1L;

  @Inject private transient ApiKeyPage page;
  @Inject private transient CredentialHistory history;
  @Inject private transient CurrentUser current;

  private final Listing<CredentialRow> list = new Listing<>("/settings/api-key");

  /** The credentials that the page shows. */
  public List<CredentialRow> getRows() {
    OrganisationId organisation = current.organisation().id();
    ApiKeyRow key = page.getKey();
    list.belongsTo("id", key.id().toString());
    list.belongsTo("tab", ApiKeyPage.Tab.CREDENTIALS.code());
    return list.rows((search, first, most) -> history.slice(organisation, key.id(), first, most));
  }

  /** The part of the list that the page shows. */
  public Listing<CredentialRow> getList() {
    return list;
  }
}
