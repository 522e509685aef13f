// Puts newly rendered parts in the place of old ones, and leaves alone what somebody works in.

const rendered = new WeakMap(); // element -> the server's own words for it

function changed(field) {
  if (field.type === "hidden") return false;
  if (field.tagName === "SELECT")
    return ![...field.options].some((option) => option.selected && option.defaultSelected);
  return field.type === "radio" || field.type === "checkbox"
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue;
}

const inUse = (part) =>
  [...part.querySelectorAll("input, textarea, select")].some(
    (field) => changed(field) || field === document.activeElement,
  );

const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 40;

function remember(root) {
  for (const each of root.querySelectorAll("[data-part], .lines > *"))
    rendered.set(each, each.innerHTML);
}

// Adds new lines and replaces changed ones, so that a screen reader hears only what is new.
function mergeLines(part, fresh) {
  const follow = atEnd(part);
  const now = part.querySelector(".lines");
  for (const [i, line] of [...fresh.querySelectorAll(".lines > *")].entries()) {
    const old = now.children[i];
    const html = line.innerHTML;
    if (old && (rendered.get(old) === html || inUse(old))) continue;
    if (old) old.replaceWith(line);
    else {
      now.append(line);
      if (line.classList.contains("citizen")) line.classList.add("new");
    }
    rendered.set(line, html);
  }
  if (follow) part.scrollTop = part.scrollHeight;
}

function replace(part, fresh) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...part.querySelectorAll("details[open][id]")].map((each) => each.id);
  part.replaceChildren(...fresh.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// Takes the parts out of a rendered page. Returns whether one was left as it was, being in use.
export function merge(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  let held = false;
  for (const fresh of answer.querySelectorAll("[data-part]")) {
    const part = document.querySelector(`[data-part="${fresh.dataset.part}"]`);
    const words = fresh.innerHTML;
    if (!part || rendered.get(part) === words) continue;
    if (part.querySelector(".lines") && fresh.querySelector(".lines")) mergeLines(part, fresh);
    else if (inUse(part)) held = true;
    else replace(part, fresh);
    if (!held) rendered.set(part, words);
  }
  return held;
}

remember(document);
for (const box of document.querySelectorAll(".log")) box.scrollTop = box.scrollHeight;
