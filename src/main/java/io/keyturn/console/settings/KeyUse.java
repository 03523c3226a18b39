package io.keyturn.console.settings;

import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.CredentialHistory;
import io.keyturn.console.Listing;
import io.keyturn.console.PageState;
import io.keyturn.console.ReaderZone;
import io.keyturn.console.Reading;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.usage.ClientSighting;
import io.keyturn.usage.Clients;
import io.keyturn.usage.UsageHours;
import io.keyturn.user.signin.CurrentUser;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** The tab <b>Overview</b> of a key's page: its requests, and the clients that send them. */
@Named
@ViewScoped(saveInViewState = true)
public class KeyUse extends PageState {
  private static final long serialVersionUID = 1L;

  @Inject private transient ApiKeyPage page;
  @Inject private transient Clients clients;
  @Inject private transient UsageHours hours;
  @Inject private transient CredentialHistory credentials;
  @Inject private transient CurrentUser current;
  @Inject private transient ReaderZone zone;

  private final Reading<UsageChart> chart = new Reading<>();
  private int days = 1;
  private String client = "";

  /** The clients that still use the retired secret in its grace period. */
  public List<ClientSighting> getStillRetired() {
    ApiKeyRow row = page.getKey();
    return row.retiredAt() == null
        ? List.of()
        : found(
            clients.ofRetired(
                current.organisation().id(), row.id(), row.number() - 1, row.retiredAt()));
  }

  /** The clients that used the current secret in the last day. */
  public List<ClientSighting> getOfCurrent() {
    return found(
        clients.ofCurrent(current.organisation().id(), page.getKey().id(), page.getKey().number()));
  }

  /**
   * The clients that sent a secret that had ended, or that sent from a network that is not allowed.
   */
  public List<ClientSighting> getRefused() {
    return found(clients.refused(current.organisation().id(), page.getKey().id()));
  }

  /** The clients that match the search by address or user agent. */
  private List<ClientSighting> found(List<ClientSighting> all) {
    String text = client.strip().toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(
            seen ->
                text.isEmpty()
                    || seen.address().toLowerCase(Locale.ROOT).contains(text)
                    || seen.userAgent().toLowerCase(Locale.ROOT).contains(text))
        .toList();
  }

  /** As many clients as the page shows at once. */
  public List<ClientSighting> first(List<ClientSighting> all) {
    return all.subList(0, Math.min(Listing.ROWS, all.size()));
  }

  /** The search for clients. */
  public String getClient() {
    return client;
  }

  public void setClient(@Nullable String client) {
    this.client = client == null ? "" : client;
  }

  /** Whether the secret that a client sent has ended, so that it is neither current nor retired. */
  public boolean ended(ClientSighting seen) {
    ApiKeyRow row = page.getKey();
    int oldest = row.retiredUntil() == null ? row.number() : row.number() - 1;
    return row.revoked() || seen.number() < oldest;
  }

  /** The use of the key in the last days, as a chart. */
  public UsageChart getChart() {
    return chart.get(this::draw);
  }

  private UsageChart draw() {
    UsageHours.Window window = hours.ofDays(days, zone.get());
    OrganisationId organisation = current.organisation().id();
    ApiKeyRow key = page.getKey();
    return new UsageChart(
        window,
        zone.get(),
        hours.of(organisation, key.id(), window),
        credentials.refreshes(organisation, key.id(), window.from()));
  }

  /** The name of the zone of the chart's days and hours. */
  public String getZone() {
    return zone.get().getId();
  }

  /** The number of days that the chart shows: 1, 7 or 30. */
  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days == 7 || days == 30 ? days : 1;
  }
}
