/* Swagger UI for this platform. The secret stays in this page's memory. */
document.addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: "/openapi?format=json",
    domNode: document.getElementById("swagger-ui"),
    deepLinking: true,
    persistAuthorization: false,
    validatorUrl: null,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tagsSorter: (a, b) => (a === "Suppliers" ? -1 : b === "Suppliers" ? 1 : a.localeCompare(b)),
  });
});
