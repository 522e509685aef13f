// The chat without page loads. Every message keeps its id until the server has confirmed it, also
// over a lost network and a reload, so that nothing is lost and nothing is counted twice.

const log = document.getElementById("log");
const statusLine = document.getElementById("status");
const composer = document.getElementById("composer");
const box = document.getElementById("text");
const words = log.dataset;
const KEY = "waiting";

let last = Number(words.last);
let serverStatus = statusLine.textContent;
let pollDelay = 5000;
let pollTimer = 0;
let sending = false;
let retryDelay = 1000;

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const waiting = () => JSON.parse(sessionStorage.getItem(KEY) || "[]");
const keep = (list) => sessionStorage.setItem(KEY, JSON.stringify(list));
const toEnd = () => window.scrollTo({ top: document.body.scrollHeight });

// A reply longer than the screen is read from its beginning.
function toReply(reply) {
  toEnd();
  if (reply && reply.getBoundingClientRect().top < 0) reply.scrollIntoView();
}

function bubble(id, text) {
  const entry = document.createElement("article");
  entry.className = "entry citizen pending";
  entry.dataset.sent = id;
  for (const [name, words_] of [["who", words.you], ["text", text], ["state", words.sending]]) {
    const part = document.createElement(name === "text" ? "div" : "p");
    part.className = name;
    part.textContent = words_;
    entry.append(part);
  }
  log.append(entry);
  toEnd();
}

function dropBubble(id) {
  log.querySelector(`[data-sent="${id}"]`)?.remove();
}

function typing(on) {
  log.querySelector(".typing")?.remove();
  if (!on) return;
  const sign = document.createElement("p");
  sign.className = "typing";
  sign.append(words.typing);
  for (let dots = 0; dots < 3; dots++) sign.append(Object.assign(document.createElement("i"), { textContent: " ·" }));
  log.append(sign);
  toEnd();
}

function show(view) {
  const fresh = view.messages.filter((message) => message.id > last);
  if (fresh.length) {
    log.querySelectorAll(".options").forEach((old) => old.remove());
    const place = log.querySelector(".pending, .typing");
    let reply = null;
    for (const message of fresh) {
      // Rendered and escaped by the server with the template of the page itself.
      const piece = document.createRange().createContextualFragment(message.html);
      reply ??= piece.querySelector(".entry:not(.citizen)");
      log.insertBefore(piece, place);
      last = Math.max(last, message.id);
    }
    log.querySelectorAll(".options").forEach((form, index, all) => index < all.length - 1 && form.remove());
    toReply(reply);
  }
  serverStatus = view.status;
  if (!sending || !waiting().length) statusLine.textContent = serverStatus;
  pollDelay = fresh.length ? view.poll * 1000 : Math.min(Math.max(pollDelay * 1.5, view.poll * 1000), view.poll * 4000);
}

async function deliver() {
  if (sending) return;
  sending = true;
  while (waiting().length) {
    const message = waiting()[0];
    typing(true);
    let response;
    try {
      response = await fetch("/chat/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...message, after: last }),
      });
    } catch {
      response = null;
    }
    if (response?.ok) {
      retryDelay = 1000;
      keep(waiting().filter((other) => other.id !== message.id));
      dropBubble(message.id);
      typing(false);
      show(await response.json().catch(() => ({ messages: [], status: serverStatus, poll: 1 })));
      continue;
    }
    typing(false);
    if (response && response.status < 500 && response.status !== 429) {
      keep(waiting().filter((other) => other.id !== message.id));
      const entry = log.querySelector(`[data-sent="${message.id}"]`);
      entry?.classList.replace("pending", "failed");
      if (entry) entry.querySelector(".state").textContent = words.notSent;
      statusLine.textContent = words.rejected;
      box.value ||= message.text;
      continue;
    }
    statusLine.textContent = response?.status === 429 ? words.tooFast : words.offline;
    await new Promise((done) => setTimeout(done, retryDelay));
    retryDelay = Math.min(retryDelay * 2, 30000);
  }
  sending = false;
  schedule();
}

function say(text) {
  if (!text.trim()) return;
  const message = { id: newId(), text };
  keep([...waiting(), message]);
  log.querySelectorAll(".options").forEach((old) => old.remove());
  bubble(message.id, text);
  deliver();
}

async function poll() {
  if (!sending && !document.hidden) {
    try {
      const response = await fetch(`/chat/messages?after=${last}`);
      if (response.ok) show(await response.json());
    } catch {
      pollDelay = Math.min(pollDelay * 2, 60000);
    }
  }
  schedule();
}

function schedule() {
  clearTimeout(pollTimer);
  pollTimer = setTimeout(poll, pollDelay);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value;
  box.value = "";
  say(text);
  box.focus();
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer.requestSubmit();
  }
});
log.addEventListener("submit", (event) => {
  event.preventDefault();
  say(event.submitter.value);
  box.focus();
});
for (const name of ["online", "focus"]) window.addEventListener(name, () => (sending ? null : poll()));
document.addEventListener("visibilitychange", () => document.hidden || sending || poll());

for (const message of waiting()) bubble(message.id, message.text);
deliver();
if (last) toEnd();
