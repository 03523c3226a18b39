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

  SwaggerUIBundle({
    url: "/openapi.json",
    plugins: [
      {
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
