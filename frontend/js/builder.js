// The visual builder at /build: shows the SPARQL that Sparnatural makes of the choices, and asks it at /sparql.

const builder = document.querySelector("spar-natural");
const query = document.getElementById("built");

builder.addEventListener("queryUpdated", (event) => {
  query.value = builder.expandSparql(event.detail.queryString);
});
builder.addEventListener("reset", () => {
  query.value = "";
});
builder.addEventListener("submit", () => query.form.requestSubmit());
