// Keeps lists and transcripts fresh, and sends each form once.
// Without this script the pages work too; they are then refreshed by hand.

const EVERY = 5000; // milliseconds between questions to the server

const region = document.querySelector("[data-live]");
const title = document.title;
const status = document.querySelector("[data-live-status]");

function say(kind) {
  status.hidden = kind === null;
  status.textContent = kind === null ? "" : status.dataset[kind];
}

function atEnd() {
  return region.scrollHeight - region.scrollTop - region.clientHeight < 40;
}

// Adds new lines and replaces changed ones, so that a screen reader hears only what is new.
function mergeLines(fresh) {
  const [now, next] = [region.querySelector(".lines"), fresh.querySelector(".lines")];
  const follow = atEnd();
  for (const [i, line] of [...next.children].entries()) {
    if (i >= now.children.length) now.append(line.cloneNode(true));
    else if (now.children[i].outerHTML !== line.outerHTML)
      now.children[i].replaceWith(line.cloneNode(true));
  }
  while (now.children.length > next.children.length) now.lastElementChild.remove();
  for (const notice of fresh.querySelectorAll(":scope > .say"))
    if (!region.querySelector(":scope > .say")) region.prepend(notice.cloneNode(true));
  if (follow) region.scrollTop = region.scrollHeight;
}

// Says in the tab how many people wait, for a lawyer who works in another one.
function countInTitle() {
  const waiting = Number(region.querySelector("[data-waiting]")?.dataset.waiting ?? 0);
  document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
}

// Replaces the lists and gives the keyboard focus back to where it was.
function replaceAll(fresh) {
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.replaceChildren(...fresh.childNodes);
  countInTitle();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function show(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (region.querySelector(".lines")) mergeLines(fresh.content);
  else replaceAll(fresh.content);
}

let etag = "";

// Returns whether it makes sense to ask again.
async function ask() {
  let answer;
  try {
    const headers = { "X-Live": "1", ...(etag && { "If-None-Match": etag }) };
    answer = await fetch(region.dataset.live, { headers, cache: "no-store" });
  } catch {
    say("offline");
    return true;
  }
  if (answer.status === 401) say("signedOut");
  else if (answer.status === 403 || answer.status === 404) say("refused");
  else if (answer.status >= 500) say("offline");
  else say(null);
  if (answer.status === 200) {
    etag = answer.headers.get("ETag") ?? "";
    show(await answer.text());
  }
  return answer.status < 400 || answer.status >= 500;
}

async function keepAsking() {
  while (await ask()) await new Promise((done) => setTimeout(done, EVERY));
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
}

if (region) {
  region.scrollTop = region.scrollHeight;
  countInTitle();
  keepAsking();
}
