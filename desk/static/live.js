// Keeps a page true while it is open, and sends forms without leaving it. The server renders every
// part; without this script the same forms and addresses work by loading the page again.

import { merge } from "./parts.js";

const SLOWLY = 20_000; // milliseconds; also what a hidden page and a broken stream live on

const page = document.querySelector("[data-live]");
const status = document.querySelector("[data-live-status]");
const title = document.title;
let stream = null;
let etag = "";
let asking = null;
let again = false;
let lost = false;

function say(kind, sentence) {
  status.hidden = kind === null;
  status.textContent = kind === null ? "" : (sentence ?? status.dataset[kind]);
}

// Says in the tab what waits, for a lawyer who works in another one.
function badge() {
  const waiting = Number(document.querySelector("[data-waiting]")?.dataset.waiting ?? 0);
  document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
}

function show(html) {
  const held = merge(html);
  badge();
  if (held) say("held");
}

async function ask() {
  const headers = { "X-Live": document.hidden ? "hidden" : "seen", ...(etag && { "If-None-Match": etag }) };
  const answer = await fetch(page.dataset.live, { headers, cache: "no-store" }).catch(() => null);
  lost = answer === null || answer.status >= 500 || lost;
  if (answer === null || answer.status >= 500) return say("offline");
  if (answer.status === 401) return stop("signedOut");
  if (answer.status >= 400) return stop("refused");
  if (lost) say(null);
  lost = false;
  if (answer.status === 304) return;
  etag = answer.headers.get("ETag") ?? "";
  show(await answer.text());
}

// One question at a time; what changes meanwhile is asked for afterwards.
async function refresh() {
  if (asking) {
    again = true;
    return asking;
  }
  asking = ask();
  await asking;
  asking = null;
  if (again) {
    again = false;
    return refresh();
  }
}

function stop(kind) {
  say(kind);
  stream?.close();
  clearInterval(slowly);
  document.removeEventListener("visibilitychange", listen);
}

// A browser keeps only six connections to one server: a page that nobody looks at gives its own up.
function listen() {
  stream?.close();
  if (document.hidden) return;
  stream = new EventSource(`${page.dataset.stream}?since=${page.dataset.mark}`);
  stream.onmessage = (event) => {
    page.dataset.mark = event.lastEventId;
    refresh();
  };
}

const slowly = setInterval(refresh, SLOWLY);
document.addEventListener("visibilitychange", listen);
badge();
listen();

export { refresh, say, show };
