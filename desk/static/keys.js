// Keyboard shortcuts. Every element with data-key is one; the list behind "?" is made of them.

const KEPT = "desk-keys"; // single keys can be switched off: some people dictate or have a tremor
const list = document.getElementById("keys");
const on = () => localStorage.getItem(KEPT) !== "off";

const typing = (target) =>
  target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
const seen = (each) => each.offsetParent !== null || each.closest("details:not([open])");

function of(key) {
  return [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(seen);
}

function use(target) {
  target.closest("details")?.setAttribute("open", "");
  target.focus();
  if (target.matches("a, summary") || target.hasAttribute("data-press")) target.click();
}

// Moves along the cards, or along the lines of a conversation.
function step(by) {
  const links = [...document.querySelectorAll("[data-stop]")].filter(seen);
  const at = links.indexOf(document.activeElement);
  links[at === -1 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}

function showList() {
  const found = new Map();
  for (const each of document.querySelectorAll("[data-key]"))
    if (!found.has(each.dataset.key)) found.set(each.dataset.key, each.dataset.does ?? each.textContent.trim());
  const rows = [...found].map(([key, does]) => {
    const row = document.createElement("div");
    row.append(
      Object.assign(document.createElement("dt"), { textContent: key }),
      Object.assign(document.createElement("dd"), { textContent: does }),
    );
    return row;
  });
  list.querySelector("[data-here]").replaceChildren(...rows);
  list.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !on() || list.open) return;
  if (typing(event.target)) return;
  const target = of(event.key);
  if (event.key === "?") showList();
  else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (target) use(target);
  else return;
  event.preventDefault();
});

const opener = document.getElementById("show-keys");
opener.hidden = false;
opener.addEventListener("click", showList);
document.getElementById("close-keys").addEventListener("click", () => list.close());
const choice = document.getElementById("keys-on");
choice.checked = on();
choice.addEventListener("change", () => localStorage.setItem(KEPT, choice.checked ? "on" : "off"));
