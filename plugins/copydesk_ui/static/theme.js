// The theme of Airflow's own UI, which it keeps under "theme": light, dark or system. Before the first paint, and again when it changes.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const chosen = localStorage.getItem("theme");
    const system = dark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = chosen === "dark" || chosen === "light" ? chosen : system;
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
})();
