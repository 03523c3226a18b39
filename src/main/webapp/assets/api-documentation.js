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
    const bearer = (name) => name !== "operator" && schemes[name]?.scheme === "bearer";
    for (const [path, operations] of Object.entries(spec.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation.security?.some((way) => "operator" in way)) {
          // The operator's part is not for an organisation.
          delete operations[method];
        } else if (operation.security) {
          operation.security = operation.security.filter((way) => Object.keys(way).every(bearer));
        }
      }
      if (Object.keys(operations).length === 0) {
        delete spec.paths[path];
      }
    }
    const used = new Set(Object.values(spec.paths).flatMap((path) => Object.values(path).flatMap((one) => one.tags || [])));
    spec.tags = (spec.tags || []).filter((tag) => used.has(tag.name));
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
    each("svg:not([aria-hidden])", (icon) => set(icon, "aria-hidden", "true"));
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
        const field = dialog.querySelector("input") || dialog.querySelector("button");
        if (field) {
          field.focus();
        }
      }
    });
  };
  // Says whose secret was entered, what it may do and when it is refreshed, or why it is refused.
  const whose = document.getElementById("whose");
  const time = (text) =>
    new Date(text).toLocaleString(keyturn.locale, {
      day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short", timeZone: keyturn.zone(),
    });
  const tell = async (secret) => {
    whose.textContent = "";
    if (!secret) {
      return;
    }
    try {
      const answer = await fetch("/api/v1/me", { headers: { Authorization: `Bearer ${secret}` }, credentials: "omit" });
      const said = await answer.json();
      const may = answer.ok && (said.scopes.length ? said.scopes.join(", ") : keyturn.say("me_only"));
      whose.textContent = answer.ok
        ? keyturn.say(said.secret_expires_at < said.next_refresh_at ? "whose_ends" : "whose", said.api_key.name, said.organisation.name, may, time(said.secret_expires_at), time(said.next_refresh_at))
        : keyturn.say("secret_refused", said.detail);
      whose.classList.toggle("kt-error", !answer.ok);
    } catch (e) {
      whose.textContent = keyturn.say("no_answer");
    }
  };

  // Programs for a request that was tried out. They read the secret from the environment.
  const KEY = "KEYTURN_SECRET";
  // Only browsers resolve names below localhost; on localhost itself the secret names the organisation.
  const forPrograms = (address) => {
    const url = new URL(address);
    url.hostname = url.hostname.endsWith(".localhost") ? "localhost" : url.hostname;
    return url.href;
  };
  const parts = (request) => ({
    url: forPrograms(request.get("url")),
    method: request.get("method") || "GET",
    headers: Object.entries(request.get("headers")?.toJS() || {}).filter(([name]) => name.toLowerCase() !== "authorization"),
    body: typeof request.get("body") === "string" ? request.get("body") : null,
  });
  const quoted = (text) => JSON.stringify(text);
  const python = (request) => {
    const { url, method, headers, body } = parts(request);
    const lines = headers.map(([name, value]) => `        ${quoted(name)}: ${quoted(value)},\n`).join("");
    return `import os\nimport urllib.request\n\nrequest = urllib.request.Request(\n    ${quoted(url)},\n    method=${quoted(method)},\n` +
      `    headers={\n        "Authorization": "Bearer " + os.environ["${KEY}"],\n${lines}    },\n` +
      (body ? `    data=${quoted(body)}.encode(),\n` : "") +
      `)\nwith urllib.request.urlopen(request) as response:\n    print(response.read().decode())\n`;
  };
  const javascript = (request) => {
    const { url, method, headers, body } = parts(request);
    const lines = headers.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`).join("");
    return `const response = await fetch(${quoted(url)}, {\n  method: ${quoted(method)},\n  headers: {\n` +
      `    Authorization: \`Bearer \${process.env.${KEY}}\`,\n${lines}  },\n` +
      (body ? `  body: ${quoted(body)},\n` : "") + `});\nconsole.log(response.status, await response.text());\n`;
  };
  const java = (request) => {
    const { url, method, headers, body } = parts(request);
    const lines = headers.map(([name, value]) => `            .header(${quoted(name)}, ${quoted(value)})\n`).join("");
    const publisher = body ? `HttpRequest.BodyPublishers.ofString(${quoted(body)})` : "HttpRequest.BodyPublishers.noBody()";
    return `import java.net.URI;\nimport java.net.http.*;\n\nclass Call {\n  public static void main(String[] args) throws Exception {\n` +
      `    HttpRequest request =\n        HttpRequest.newBuilder(URI.create(${quoted(url)}))\n` +
      `            .header("Authorization", "Bearer " + System.getenv("${KEY}"))\n${lines}` +
      `            .method(${quoted(method)}, ${publisher})\n            .build();\n` +
      `    HttpResponse<String> response =\n        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());\n` +
      `    System.out.println(response.statusCode() + " " + response.body());\n  }\n}\n`;
  };

  const place = document.getElementById("swagger-ui");
  // React takes away what has the focus: when it closes the dialog, say. Then the keyboard goes on beside it.
  let last = place;
  let beside = () => null;
  place.addEventListener("focusin", (event) => {
    last = event.target;
    const dialog = last.closest(".modal-ux");
    const operation = last.closest(".opblock");
    beside = () => (dialog
      ? place.querySelector(".modal-ux .btn-done") || place.querySelector(".scheme-container .btn.authorize")
      : operation?.querySelector(".btn.execute") || operation?.querySelector(".try-out button, button"));
  });
  // A button that sends a request is disabled until the answer is there, and loses the focus by that.
  let sent = null;
  place.addEventListener("click", (event) => {
    sent = event.target.closest(".btn.execute");
  });
  const keepFocus = () => {
    if (document.activeElement !== document.body) {
      return;
    }
    if (!last.isConnected) {
      beside()?.focus();
    } else if (last === sent && !last.disabled) {
      last.focus();
      sent = null;
    }
  };
  new MutationObserver(() => {
    mend(place);
    keepFocus();
  }).observe(place, { childList: true, subtree: true });
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

  const ui = SwaggerUIBundle({
    url: "/openapi.json",
    requestSnippetsEnabled: true,
    requestSnippets: {
      generators: {
        curl_bash: { title: "curl", syntax: "bash" },
        python: { title: "Python", syntax: "python" },
        javascript: { title: "JavaScript", syntax: "javascript" },
        java: { title: "Java", syntax: "java" },
      },
      languages: ["curl_bash", "python", "javascript", "java"],
      defaultExpanded: true,
    },
    plugins: [
      {
        fn: {
          requestSnippetGenerator_python: python,
          requestSnippetGenerator_javascript: javascript,
          requestSnippetGenerator_java: java,
        },
        // A link inside the button that unfolds an operation would be a control in a control.
        wrapComponents: {
          DeepLink: (Original, system) => (link) =>
            system.React.createElement("span", { className: "nostyle" }, system.React.createElement("span", null, link.text)),
        },
        statePlugins: {
          auth: {
            wrapActions: {
              authorize: (authorize) => (entered) => {
                const done = authorize(entered);
                tell(entered?.secret?.value);
                return done;
              },
              logout: (logout) => (schemes) => {
                const done = logout(schemes);
                tell("");
                return done;
              },
            },
          },
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

  // The secret of a test key arrives in the answer to a POST, and goes where a person would enter it.
  window.keyturnDocs = {
    handed(args) {
      if (args && args.secret) {
        // It goes past the action of the dialog, which tells whose secret it is.
        ui.preauthorizeApiKey("secret", args.secret);
        tell(args.secret);
      }
    },
  };
});
