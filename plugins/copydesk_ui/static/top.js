// Links to Airflow's own pages open in the whole window. Airflow shows ours in a sandboxed frame that may not navigate the window by
// itself, but is of its origin: so the click is made in Airflow's document.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[target='_top']");
  if (!link || window.top === window || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const outside = window.top.document.createElement("a");
  outside.href = link.href;
  window.top.document.body.append(outside);
  outside.click();
  outside.remove();
});
