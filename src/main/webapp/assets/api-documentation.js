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
  SwaggerUIBundle({
    url: "/openapi?format=json",
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
