// Blocks by label: a pressed chip leaves only its blocks in full colour. Arrow keys go from block to block.
const chips = [...document.querySelectorAll(".labels .chip")];
const blocks = [...document.querySelectorAll(".block")];

for (const chip of chips) {
  chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    const chosen = chips.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.label);
    for (const block of blocks) block.classList.toggle("faded", chosen.length > 0 && !chosen.includes(block.dataset.label));
  });
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = blocks.indexOf(event.target);
  if (!step || at < 0) return;
  const seen = blocks.filter((block, place) => place === at || !block.classList.contains("faded"));
  const next = seen[seen.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
