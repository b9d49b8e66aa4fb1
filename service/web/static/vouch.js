// What pages gain with a script: the box at a keystroke, cards on hover, an answer that arrives sentence by
// sentence. Without it every form, card and link works as HTML does.
"use strict";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// "/" puts the cursor in the box, unless something is being typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("[data-box]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.scrollIntoView({ block: "center" });
});

// Enter asks, Shift and Enter makes a new line.
for (const box of all("textarea[data-box]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  });
}

// A mouse that rests on a citation opens its card, and may wander into it.
const hovers = matchMedia("(hover: hover) and (pointer: fine)");
for (const mark of all(".cite")) {
  const card = document.getElementById(mark.getAttribute("popovertarget"));
  if (!card) continue;
  let over = false;
  let byHover = false;
  const enter = async (event) => {
    if (event.pointerType !== "mouse" || !hovers.matches) return;
    over = true;
    await wait(180);
    if (!over || card.matches(":popover-open")) return;
    card.showPopover({ source: mark });
    byHover = true;
  };
  const leave = async (event) => {
    if (event.pointerType !== "mouse") return;
    over = false;
    await wait(220);
    if (!over && byHover && !card.contains(document.activeElement)) {
      byHover = false;
      card.hidePopover();
    }
  };
  for (const part of [mark, card]) {
    part.addEventListener("pointerenter", enter);
    part.addEventListener("pointerleave", leave);
  }
  // A click on a card that the mouse opened keeps it.
  mark.addEventListener("click", (event) => {
    if (!byHover) return;
    event.preventDefault();
    byHover = false;
  });
}
for (const link of all("[data-closes]")) {
  link.addEventListener("click", () => link.closest("[popover]").hidePopover());
}

// Copy and print.
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const was = button.textContent;
    try {
      const reply = await fetch(button.dataset.copy);
      if (!reply.ok) throw new Error(reply.statusText);
      await navigator.clipboard.writeText(await reply.text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    await wait(2000);
    button.textContent = was;
  });
}
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A form that takes a while says so, and isn't sent twice.
for (const form of all("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    setTimeout(() => {
      for (const button of all("button", form.parentElement)) button.disabled = true;
      if (pressed) pressed.textContent = form.dataset.busy;
    });
  });
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Ask, and show stages and vouched sentences as they come; whatever goes wrong, the form is sent as a form.
for (const form of all("form[data-stream]")) form.addEventListener("submit", (event) => ask(event, form));

async function ask(event, form) {
  const given = new FormData(form);
  const progress = form.parentElement.querySelector("[data-progress]");
  const narrowed = [...given].some(([name, value]) => !["question", "role"].includes(name) && value);
  if (form.dataset.plain || narrowed || !progress || !window.ReadableStream) return;
  event.preventDefault();
  const said = progress.querySelector("[data-arriving]");
  const spoken = progress.querySelector("[data-spoken]");
  said.replaceChildren();
  progress.hidden = false;
  try {
    const reply = await fetch(form.dataset.stream, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify({ question: given.get("question").trim(), role: given.get("role") }),
    });
    if (!reply.ok || !reply.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new Error("no stream");
    for await (const { name, value } of events(reply.body)) {
      if (name === "stage") show(value.stage, progress);
      if (name === "claim") {
        const line = document.createElement("li");
        line.textContent = value.text;
        said.append(line);
        spoken.textContent = value.text;
      }
      if (name === "error") throw new Error(value.detail);
      if (name === "answer") {
        spoken.textContent = "The answer is ready.";
        arrive(form.dataset.then, value);
        return;
      }
    }
    throw new Error("it ended early");
  } catch {
    progress.hidden = true;
    form.dataset.plain = "yes";
    for (const button of all("button", form)) button.disabled = false;
    form.requestSubmit();
  }
}

// To the answer, or to the conversation, opened at its last turn.
function arrive(then, answer) {
  if (then.endsWith("/")) {
    location.assign(`${then}${encodeURIComponent(answer.id)}?role=${encodeURIComponent(answer.role)}`);
  } else if (location.pathname === then) {
    location.hash = `turn-${all(".turn").length + 1}`;
    location.reload();
  } else {
    location.assign(`${then}#follow-up`);
  }
}

function show(stage, progress) {
  const steps = all("[data-stage]", progress);
  const now = steps.findIndex((step) => step.dataset.stage === stage);
  if (now < 0) return;
  steps.forEach((step, place) => {
    step.className = place < now ? "done" : place === now ? "now" : "";
  });
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value.replaceAll("\r\n", "\n");
    for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
      const lines = rest.slice(0, end).split("\n");
      const name = lines.find((line) => line.startsWith("event:"))?.slice(6).trim();
      const text = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n");
      if (name && text) yield { name, value: JSON.parse(text) };
    }
  }
}
