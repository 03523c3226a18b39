/* Swagger UI for this platform. The secret stays in this page's memory. */
document.addEventListener("DOMContentLoaded", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  follow();
  dark.addEventListener("change", follow);

  const suppliersFirst = (a, b) =>
    a === b ? 0 : a === "Suppliers" ? -1 : b === "Suppliers" ? 1 : a.localeCompare(b);
  const listFirst = (a, b) => {
    const rank = (operation) => (operation.get("path") === "/api/v1/suppliers" ? 0 : 1);
    return rank(a) - rank(b) || a.get("path").localeCompare(b.get("path"));
  };

  // Authorize asks a person for the secret alone. The other ways to send it are for programs.
  const forPeople = (spec) => {
    const schemes = spec.components.securitySchemes;
    const bearer = (name) => schemes[name]?.scheme === "bearer";
    for (const path of Object.values(spec.paths)) {
      for (const operation of Object.values(path)) {
        if (operation.security) {
          operation.security = operation.security.filter((way) => Object.keys(way).every(bearer));
        }
      }
    }
    spec.components.securitySchemes = Object.fromEntries(
      Object.entries(schemes).filter(([name]) => bearer(name)),
    );
    // An SPDX reference of our own has no page, which would be linked to.
    delete spec.info.license;
    return spec;
  };

  /*
   * What Swagger UI leaves out for people with a screen reader or without a mouse. React keeps attributes that it does not
   * know.
   */
  const set = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);
  const mend = (root) => {
    const each = (selector, change) => root.querySelectorAll(selector).forEach(change);
    each("main#operations", (part) => {
      set(part, "role", "region");
      set(part, "aria-label", "Operations");
    });
    each(".close-modal", (button) => set(button, "aria-label", "Close"));
    each("button[aria-label='Apply credentials']", (button) => set(button, "aria-label", "Authorize"));
    each("pre.microlight, .table-container, .responses-wrapper .highlight-code > div", (box) => set(box, "tabindex", "0"));
    each("tr[data-param-name]", (row) =>
      row.querySelectorAll("select, input, textarea").forEach((field) => set(field, "aria-label", row.dataset.paramName)));
    each("select:not([aria-label]):not([id])", (field) => set(field, "aria-label", "Media type"));
    each("textarea:not([aria-label])", (field) => set(field, "aria-label", "Body"));
    each(".modal-ux", (dialog) => {
      if (!dialog.hasAttribute("aria-modal")) {
        set(dialog, "role", "dialog");
        set(dialog, "aria-modal", "true");
        set(dialog, "aria-label", "Authorize");
        const field = dialog.querySelector("input, button");
        if (field) {
          field.focus();
        }
      }
    });
  };
  const place = document.getElementById("swagger-ui");
  new MutationObserver(() => mend(place)).observe(place, { childList: true, subtree: true });
  // The focus stays in the dialog while it is open; Escape closes it, and the focus goes back to its button.
  document.addEventListener("keydown", (event) => {
    const dialog = document.querySelector(".modal-ux");
    if (!dialog) {
      return;
    }
    if (event.key === "Escape") {
      dialog.querySelector(".close-modal").click();
      document.querySelector(".scheme-container .btn.authorize").focus();
    } else if (event.key === "Tab") {
      const stops = [...dialog.querySelectorAll("a[href], button, input, select, textarea")].filter((e) => !e.disabled);
      const at = stops.indexOf(document.activeElement);
      const beyond = event.shiftKey ? at <= 0 : at < 0 || at === stops.length - 1;
      if (beyond) {
        stops[event.shiftKey ? stops.length - 1 : 0].focus();
        event.preventDefault();
      }
    }
  });

  SwaggerUIBundle({
    url: "/openapi.json",
    plugins: [
      {
        // A link inside the button that unfolds an operation would be a control in a control.
        wrapComponents: {
          DeepLink: (Original, system) => (link) =>
            system.React.createElement("span", { className: "nostyle" }, system.React.createElement("span", null, link.text)),
        },
        statePlugins: {
          spec: {
            wrapActions: {
              updateJsonSpec: (update) => (spec) => update(spec.paths ? forPeople(spec) : spec),
            },
          },
        },
      },
    ],
    domNode: document.getElementById("swagger-ui"),
    deepLinking: true,
    persistAuthorization: false,
    validatorUrl: null,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tagsSorter: suppliersFirst,
    operationsSorter: listFirst,
  });
});
