package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Revocations;
import io.keyturn.apikey.Revocations.Found;
import io.keyturn.apikey.Revocations.NamedKey;
import io.keyturn.apikey.Revocations.Rule;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.Count;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.omnifaces.cdi.ViewScoped;

/**
 * The dialog <b>Revoke several</b>: the person chooses the keys, then sees their number and gives a
 * reason. Exactly the counted keys are revoked, whatever changes meanwhile.
 */
@Named
@ViewScoped(saveInViewState = true)
public class RevokeSeveral extends PageState {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 10;

  /** The prefix of the names of the table's checkboxes. The key's id follows. */
  private static final String TICK = "tick-";

  private static final Map<String, String> FIELDS =
      Map.of(
          "reason", "several:reason",
          "unused_for", "several:days",
          "created_by", "several:creator",
          "ids", "several:which");

  @Inject private transient ApiKeys keys;
  @Inject private transient Revocations revocations;
  @Inject private transient CurrentUser current;

  private Set<ApiKeyId> ticked = Set.of();
  private String which = "ticked";
  private String creator = "";
  private String days = "90";
  private String reason = "";
  private List<ApiKeyId> counted = List.of();
  private List<String> names = List.of();
  private long more;

  /**
   * The button that opens the dialog. The checkboxes name keys by id because rows may have moved.
   */
  public void open() {
    Map<String, String> sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    ticked =
        sent.keySet().stream()
            .filter(name -> name.startsWith(TICK))
            .map(name -> new ApiKeyId(Ids.inPath("API key", name.substring(TICK.length()))))
            .collect(Collectors.toUnmodifiableSet());
    which = tickedKeys().isEmpty() ? "unused" : "ticked";
    back();
  }

  /** The button <b>Back</b>. */
  public void back() {
    counted = List.of();
    names = List.of();
    reason = "";
  }

  /** The button <b>Next</b>: finds the keys and counts them. */
  public void count() {
    attempt(
        () -> {
          Found found = find();
          if (found.keys().isEmpty()) {
            throw ProblemException.invalid("ids", "No API key matches this choice.");
          }
          counted = found.keys().stream().map(NamedKey::id).toList();
          names = found.keys().stream().map(NamedKey::name).limit(SHOWN).toList();
          more = found.total() - found.keys().size();
        });
  }

  private Found find() {
    OrganisationId organisation = current.organisation().id();
    return switch (which) {
      case "creator" -> revocations.find(organisation, new Rule(creatorId(), null));
      case "unused" -> revocations.find(organisation, new Rule(null, unusedFor()));
      default -> {
        List<NamedKey> all = tickedKeys();
        yield new Found(all.stream().limit(Revocations.MOST).toList(), all.size());
      }
    };
  }

  private UUID creatorId() {
    try {
      return Ids.parse(creator);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("created_by", "must be chosen");
    }
  }

  private Duration unusedFor() {
    if (!days.strip().matches("[0-9]{1,5}")) {
      throw ProblemException.invalid("unused_for", "must be a whole number of days");
    }
    return Duration.ofDays(Long.parseLong(days.strip()));
  }

  private List<NamedKey> tickedKeys() {
    return keys.notRevoked(current.organisation().id(), ticked);
  }

  /** The button <b>Revoke … keys</b>. */
  public void revoke() {
    if (counted.isEmpty()) {
      Messages.notChosen(FacesContext.getCurrentInstance());
      return;
    }
    attempt(
        () -> {
          int revoked =
              revocations
                  .revoke(current.organisation().id(), counted, reason, current.actor())
                  .size();
          Messages.success(
              FacesContext.getCurrentInstance(),
              revoked == 1
                  ? "%d API key was revoked. It no longer works."
                  : "%d API keys were revoked. They no longer work.",
              revoked);
          ticked = Set.of();
          back();
        });
  }

  private void attempt(Runnable action) {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      current.require(Scope.API_KEYS_MANAGE);
      action.run();
    } catch (ProblemException e) {
      for (FieldError error : e.errors()) {
        Messages.atField(faces, FIELDS.getOrDefault(error.field(), "none"), error.message());
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces, e.detail());
      }
    }
  }

  /** The creators of keys that are not revoked: ids by names. */
  public Map<String, String> getCreators() {
    Map<String, String> creators = new LinkedHashMap<>();
    keys.creators(current.organisation().id())
        .forEach((name, id) -> creators.put(name, id.toString()));
    return creators;
  }

  /** How many rows are ticked. */
  public int getTickedCount() {
    return tickedKeys().size();
  }

  /** How many keys will be revoked; 0 before they are counted. */
  public int getCount() {
    return counted.size();
  }

  /** The number with its noun: {@code 3 API keys}. */
  public String getCountText() {
    return Count.of(counted.size(), "API key");
  }

  /** The names of the first keys to revoke. */
  public List<String> getNames() {
    return names;
  }

  /** How many keys are not named. */
  public int getUnnamed() {
    return counted.size() - names.size();
  }

  /** How many more keys were found than can be revoked at once. */
  public long getMore() {
    return more;
  }

  /** How the keys are chosen: {@code ticked}, {@code creator} or {@code unused}. */
  public String getWhich() {
    return which;
  }

  public void setWhich(String which) {
    this.which = which;
  }

  public String getCreator() {
    return creator;
  }

  public void setCreator(String creator) {
    this.creator = creator;
  }

  public String getDays() {
    return days;
  }

  public void setDays(String days) {
    this.days = days;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
