package io.keyturn.console;

import io.keyturn.http.RequestLanguage;
import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import io.keyturn.language.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The language of the running request, in which all of a page is. */
@Named
@RequestScoped
public class PageLanguage {
  /** The area with the texts of all pages. */
  static final String AREA = "pages";

  @Inject private HttpServletRequest request;

  private @Nullable Language language;

  /** The language. */
  public Language get() {
    Language known = language;
    if (known == null) {
      known = RequestLanguage.of(request);
      language = known;
    }
    return known;
  }

  /** The texts of the pages in this language. */
  public Texts texts() {
    return Texts.of(AREA, get());
  }

  /** What services say, in this language. */
  public Sentences sentences() {
    return Sentences.in(get());
  }

  /** The value of {@code lang}. */
  public String getCode() {
    return get().code();
  }

  public Locale getLocale() {
    return get().locale();
  }

  /** The languages that can be chosen. */
  public List<Language> getOffered() {
    return Language.offered();
  }

  /** The languages that can be chosen instead of this language. */
  public List<Language> getOthers() {
    return Language.offered().stream().filter(other -> other != get()).toList();
  }

  /** The address of the page that the browser shows, to come back to it. */
  public String getHere() {
    if (PageAction.is(request)) {
      // Its address is that of an act, which nobody can open.
      return "/";
    }
    Map<String, Object> attributes =
        FacesContext.getCurrentInstance().getExternalContext().getRequestMap();
    Object path =
        attributes.getOrDefault(
            RequestDispatcher.ERROR_REQUEST_URI,
            attributes.getOrDefault(
                RequestDispatcher.FORWARD_REQUEST_URI, request.getRequestURI()));
    Object query =
        attributes.getOrDefault(
            RequestDispatcher.FORWARD_QUERY_STRING,
            Optional.ofNullable(request.getQueryString()).orElse(""));
    return query.toString().isEmpty() ? path.toString() : path + "?" + query;
  }
}
