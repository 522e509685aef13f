// Sends each form once, and sends the small ones without leaving the page, so that what is typed
// elsewhere on it stays.

import { refresh, say, show } from "./live.js";

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function lock(form, on) {
  for (const button of form.querySelectorAll("button")) button.disabled = on;
}

// What was sent is no longer being written: its part of the page may be replaced.
function done(form) {
  if (form.elements.submission) {
    form.elements.submission.value = newId();
    for (const field of form.querySelectorAll("textarea")) field.defaultValue = "";
  }
  form.reset();
  form.closest("details")?.removeAttribute("open");
  if (form.closest("[data-part]")?.contains(document.activeElement)) document.activeElement.blur();
}

// A submission is carried out once, however often it arrives: after a lost answer it may go again.
async function sendQuietly(form, sender) {
  const body = new URLSearchParams(new FormData(form, sender));
  lock(form, true);
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  const page = await answer?.text().catch(() => null);
  lock(form, false);
  if (page == null) return say("notSent");
  if (!answer.ok) return refuse(page);
  done(form);
  show(page);
  refresh();
}

// What was typed stays where it is.
function refuse(page) {
  const sentence = new DOMParser().parseFromString(page, "text/html").querySelector("[role=alert]");
  say("notSent", sentence?.textContent);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("data-quiet")) {
    event.preventDefault();
    sendQuietly(form, event.submitter);
  } else if (form.method === "post") {
    setTimeout(() => lock(form, true)); // later: a button that is off is not sent
  }
});

// A page that comes back from the browser's memory has its buttons again.
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => lock(form, false)));

// Words that are offered are put where the lawyer is writing; nothing is sent by itself.
document.addEventListener("click", (event) => {
  const text = event.target.closest("[data-insert]")?.dataset.insert;
  const box = document.getElementById("reply-text");
  if (!text || !box) return;
  const [from, to] = [box.selectionStart, box.selectionEnd];
  const gap = from > 0 && box.value[from - 1] !== "\n" ? "\n" : "";
  box.setRangeText(gap + text, from, to, "end");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
