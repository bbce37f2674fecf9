// The calendar beyond links: a tip on hover and focus, arrow keys from day to day, days picked with the mouse or Shift for a backfill, and
// what the raw files tell, which is asked for once the page is there.
const live = document.getElementById("live");
const tip = document.getElementById("tip");
const bar = document.getElementById("selection");
let anchor = null;
let dragged = false;

const box = (target) => target.closest?.("td .c");
const boxesOf = (row) => [...row.querySelectorAll("td .c")];

function showTip(cell) {
  tip.textContent = cell.getAttribute("aria-label");
  tip.hidden = false;
  const place = cell.getBoundingClientRect();
  const left = Math.min(place.left, innerWidth - tip.offsetWidth - 8);
  const above = place.bottom + tip.offsetHeight + 8 > innerHeight;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${above ? place.top - tip.offsetHeight - 6 : place.bottom + 6}px`;
}

function hideTip() {
  tip.hidden = true;
}

function enter(cell) {
  live.querySelectorAll(".c[tabindex='0']").forEach((one) => one.setAttribute("tabindex", "-1"));
  cell.setAttribute("tabindex", "0");
}

function pick(from, to) {
  const row = from.closest("tr");
  if (to.closest("tr") !== row) return;
  const days = [from.dataset.day, to.dataset.day].sort();
  const picked = boxesOf(row).filter((one) => one.dataset.day >= days[0] && one.dataset.day <= days[1]);
  live.querySelectorAll(".picked").forEach((one) => one.classList.remove("picked"));
  picked.forEach((one) => one.classList.add("picked"));
  const source = row.dataset.source;
  const range = days[0] === days[1] ? days[0] : `${days[0]} to ${days[1]}`;
  document.getElementById("selected").textContent = `${source}, ${range}: ${picked.length} day${picked.length === 1 ? "" : "s"}`;
  const link = document.getElementById("backfill");
  if (link) link.search = new URLSearchParams({ source, first: days[0], last: days[1] });
  bar.hidden = false;
}

function clear() {
  live.querySelectorAll(".picked").forEach((one) => one.classList.remove("picked"));
  bar.hidden = true;
  anchor = null;
}

function neighbour(cell, key) {
  const row = cell.closest("tr");
  const boxes = boxesOf(row);
  const at = boxes.indexOf(cell);
  if (key === "ArrowLeft") return boxes[at - 1];
  if (key === "ArrowRight") return boxes[at + 1];
  if (key === "Home") return boxes[0];
  if (key === "End") return boxes.at(-1);
  for (let next = row; (next = key === "ArrowUp" ? next.previousElementSibling : next.nextElementSibling); ) {
    const found = boxesOf(next).find((one) => one.dataset.day >= cell.dataset.day) ?? boxesOf(next).at(-1);
    if (found) return found;
  }
  return undefined;
}

live.addEventListener("pointerover", (event) => {
  const cell = box(event.target);
  if (!cell) return hideTip();
  showTip(cell);
  if (anchor && event.buttons === 1 && cell !== anchor) {
    dragged = true;
    pick(anchor, cell);
  }
});
live.addEventListener("pointerleave", hideTip);
live.addEventListener("pointerdown", (event) => {
  const cell = box(event.target);
  dragged = false;
  if (cell && event.button === 0 && !event.shiftKey) anchor = cell;
});
live.addEventListener("click", (event) => {
  const cell = box(event.target);
  if (!cell) return;
  if (dragged || event.shiftKey) event.preventDefault();
  if (event.shiftKey) pick(anchor ?? cell, cell);
  dragged = false;
}, true);
live.addEventListener("focusin", (event) => {
  const cell = box(event.target);
  if (!cell) return;
  enter(cell);
  if (cell.matches(":focus-visible")) showTip(cell);
});
live.addEventListener("focusout", hideTip);
live.addEventListener("keydown", (event) => {
  const cell = box(event.target);
  if (event.key === "Escape") return clear();
  if (!cell || !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const next = neighbour(cell, event.key);
  if (!next) return;
  if (event.shiftKey) pick((anchor ??= cell), next);
  else anchor = null;
  next.focus();
});
document.getElementById("clear").addEventListener("click", clear);

function settle() {
  const cells = live.querySelectorAll("td .c");
  if (cells.length) enter(cells[cells.length - 1]);
}

async function lookAtRawFiles() {
  const answer = await fetch(live.dataset.more);
  if (!answer.ok || !bar.hidden) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  const scrolled = live.querySelector(".scroll").scrollLeft;
  live.replaceChildren(...page.getElementById("live").childNodes);
  live.querySelector(".scroll").scrollLeft = scrolled;
  settle();
  if (focused) document.getElementById(focused)?.focus();
}

live.querySelector(".scroll").scrollLeft = 1e6;
settle();
if (live.dataset.more) lookAtRawFiles();
