"use strict";

const NAMES = {};
const ACTORS = {};
const SHOWN = 200;
const find = (id) => document.getElementById(id);
let newest = 0;
let people = [];
let written = "";

function make(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
}

async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["content-type"] = "application/json";
  }
  const response = await fetch(`/_control/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || `The sandbox answered ${response.status}.`);
  return answer;
}

function linked(text) {
  const block = make("pre");
  for (const part of text.split(/(https?:\/\/[^\s<>"']+)/)) {
    if (!/^https?:\/\//.test(part)) { block.append(part); continue; }
    const link = make("a", part);
    link.href = part;
    link.rel = "noreferrer";
    block.append(link);
  }
  return block;
}

function part(title, node) {
  const box = make("div");
  box.append(make("h3", title), node);
  return box;
}

function describe(entry) {
  const effect = entry.effect;
  if (!effect) return entry.provider === "openai" ? asked(entry) : null;
  const to = Array.isArray(effect.to) ? effect.to.join(", ") : effect.to || "several";
  const words = { sms: "Text", slack: "Slack message", slack_update: "Slack message changed", slack_ephemeral: "Slack whisper" };
  return `${words[effect.what] || "Mail"} to ${to}`;
}

function asked(entry) {
  const format = ((entry.body || {}).text || {}).format || {};
  return entry.path === "/responses" ? `Asked for ${(format.name || "a reply").replaceAll("_", " ")}` : null;
}

function renderEntry(entry) {
  const item = make("li");
  const details = make("details");
  const summary = make("summary");
  const time = make("time", new Date(entry.at).toLocaleTimeString([], { hourCycle: "h23" }));
  time.dateTime = entry.at;
  time.title = entry.at;
  const what = make("span", undefined, "what");
  const said = describe(entry);
  if (said) what.append(make("b", said), ` ${entry.effect ? (entry.effect.subject || entry.effect.text || "").slice(0, 90) : ""} `);
  what.append(make("span", `${entry.method} ${entry.path}`, "path"));
  const { status, fault } = entry.outcome;
  const outcome = make("span", `${fault ? `${fault === "status" ? "fault" : fault.replaceAll("_", " ")}, ` : ""}${status}`,
    status >= 400 ? "bad mono" : fault ? "warn mono" : "good mono");
  summary.append(time, make("span", NAMES[entry.provider] || entry.provider), what, outcome);
  details.append(summary);
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".detail")) details.append(renderDetail(entry));
  });
  item.append(details);
  return item;
}

function renderDetail(entry) {
  const box = make("div", undefined, "detail");
  const pretty = (value) => typeof value === "string" ? value : JSON.stringify(value, null, 2);
  if (entry.effect && entry.effect.text) box.append(part("Text", linked(entry.effect.text)));
  if (entry.body !== null) box.append(part("Request", linked(pretty(entry.body))));
  if (Object.keys(entry.query).length) box.append(part("Query", linked(pretty(entry.query))));
  box.append(part("Answer", linked(pretty(entry.outcome.answer))), part("Headers", linked(pretty(entry.headers))));
  return box;
}

function passes(entry) {
  const wanted = find("filter").value;
  return !wanted || (wanted === "effects" ? entry.effect !== null : entry.provider === wanted);
}

async function meet() {
  if (Object.keys(ACTORS).length) return;
  const { actors, providers } = await ask("GET", "actors");
  for (const actor of actors) ACTORS[actor.slug] = actor;
  for (const provider of providers) NAMES[provider.slug] = provider.title;
  const option = ({ slug, title }) => new Option(title, slug);
  find("act").elements.provider.replaceChildren(...actors.map((actor) => new Option(`${actor.title}: ${actor.way}`, actor.slug)));
  find("fault").elements.provider.replaceChildren(...providers.map(option), new Option("Everyone", "*"));
  find("filter").append(...providers.map(option));
  find("stand-ins").textContent = `Stand-ins for ${new Intl.ListFormat("en").format(providers.map((each) => each.title))}.`;
  showEvents();
}

async function refresh() {
  const { received, counts } = await ask("GET", `received?since=${newest}&limit=${SHOWN}`);
  const list = find("received");
  for (const entry of received) {
    newest = Math.max(newest, entry.seq);
    if (passes(entry)) list.prepend(renderEntry(entry));
  }
  while (list.childElementCount > SHOWN) list.lastElementChild.remove();
  find("nothing").hidden = list.childElementCount > 0;
  find("counts").textContent = Object.entries(counts).map(([slug, row]) =>
    `${NAMES[slug] || slug}: ${row.received} received, ${row.refused} refused, ${row.effects} sent`).join(" · ");
}

async function refreshFaults() {
  const { faults } = await ask("GET", "faults");
  find("faults").replaceChildren(...faults.map((fault) => {
    const item = make("li", undefined, fault.spent ? "quiet" : "");
    const kind = fault.kind === "status" ? fault.status : fault.kind.replaceAll("_", " ");
    const left = fault.times ? `${fault.fired} of ${fault.times}` : `${fault.fired}, until cleared`;
    item.append(make("span", `${NAMES[fault.provider] || "Everyone"}: ${kind}`), make("span", left, "mono"));
    return item;
  }));
}

async function refreshPeople() {
  const answer = await ask("GET", "people");
  if (JSON.stringify(answer.people) === JSON.stringify(people)) return;
  people = answer.people;
  const select = find("act").elements.person;
  const chosen = select.value;
  const named = (person) => `${person.first_name || ""} ${person.last_name || ""}`.trim() || person.email || person.phone;
  select.replaceChildren(new Option("Someone new", ""), ...people.map((person, place) =>
    new Option(`${named(person)} · ${NAMES[person.provider]}`, String(people.length - place))));
  select.value = chosen;
  if (!chosen) showWorkspace();
  if (people.length) find("people").replaceChildren(...people.map((person) => renderPerson(person, named(person))));
}

function renderPerson(person, name) {
  const item = make("li");
  item.append(make("span", `${name} · ${NAMES[person.provider]} ${person.workspace_ref}`));
  if ("dnd" in person) {
    const button = make("button", person.dnd ? "Lift do not disturb" : "Do not disturb", "small");
    button.addEventListener("click", () => run(async () => {
      await ask("POST", `contacts/${person.contact_id}/dnd`, { channel: "SMS", active: !person.dnd });
      if (person.dnd) await ask("POST", `contacts/${person.contact_id}/dnd`, { channel: "all", active: false });
      await refreshPeople();
    }));
    item.append(button);
  }
  return item;
}

async function refreshSlack() {
  const { messages } = await ask("GET", "slack");
  if (JSON.stringify(messages) === written) return;
  written = JSON.stringify(messages);
  if (messages.length) find("slack").replaceChildren(...messages.map(renderMessage));
}

function renderMessage(message) {
  const item = make("li", undefined, "said");
  item.dataset.ts = message.ts;
  item.append(make("b", `To ${message.to}${message.edited ? " (edited)" : ""}`));
  for (const words of message.parts.length ? message.parts : [message.text]) item.append(emphasised(words));
  const row = make("div", undefined, "row");
  row.append(...message.buttons.map((button) => renderButton(message, button)));
  item.append(row);
  return item;
}

function emphasised(words) {
  const line = make("p");
  words.split(/\*([^*\n]+)\*/).forEach((piece, place) => line.append(place % 2 ? make("b", piece) : piece));
  return line;
}

function renderButton(message, button) {
  if (/^https?:\/\//.test(button.url)) {
    const link = make("a", button.text);
    link.href = button.url;
    return link;
  }
  const node = make("button", button.text, button.is_primary ? "primary small" : "small");
  node.addEventListener("click", () => run(async () => {
    const { deliveries } = await ask("POST", "slack/press", { team: message.team, channel: message.channel, ts: message.ts,
      action_id: button.action_id, secret: find("slack-secret").value });
    const { status } = deliveries[0];
    find("slack-result").className = status === 200 ? "good" : "bad";
    find("slack-result").textContent = status === 200 ? "Taken by the product." : `Not taken: ${status || "no answer"}`;
  }));
  return node;
}

function showEvents() {
  const form = find("act").elements;
  form.event.replaceChildren(...ACTORS[form.provider.value].events.map((name) => new Option(name, name)));
  showWorkspace();
}

function showWorkspace() {
  const form = find("act").elements;
  const neighbour = people.find((person) => person.provider === form.provider.value);
  const actor = ACTORS[form.provider.value];
  if (!form.workspace_ref.dataset.typed) form.workspace_ref.value = neighbour ? neighbour.workspace_ref : actor.workspace_example;
  find("workspace-label").textContent = actor.workspace_label;
}

function becomePerson() {
  const form = find("act").elements;
  const person = people[people.length - Number(form.person.value)];
  if (!form.person.value || !person) return;
  form.provider.value = person.provider;
  for (const name of ["workspace_ref", "first_name", "last_name", "email", "phone", "company"]) {
    form[name].value = person[name] || "";
  }
  showEvents();
}

async function act(event) {
  event.preventDefault();
  const form = find("act").elements;
  const lead = {};
  for (const name of ["first_name", "last_name", "email", "phone", "company"]) {
    if (form[name].value) lead[name] = form[name].value;
  }
  const person = people[people.length - Number(form.person.value)];
  if (form.person.value && person && person.contact_id) lead.contact_id = person.contact_id;
  const wish = { lead, repeat: Number(form.repeat.value), concurrently: form.concurrently.checked };
  for (const name of ["provider", "workspace_ref", "body", "subject", "event", "path", "secret", "secret_in", "malformed"]) {
    if (form[name].value) wish[name] = form[name].value;
  }
  const result = find("act-result");
  result.className = "quiet";
  result.textContent = "Sending…";
  try {
    const { deliveries } = await ask("POST", "act", wish);
    const bad = deliveries.filter((delivery) => delivery.status !== 200);
    const first = bad[0] || deliveries[0];
    const reason = first.error || (first.body && (first.body.reason || first.body.message || first.body.error)) || "";
    result.className = bad.length ? "bad" : "good";
    result.textContent = bad.length
      ? `${bad.length} of ${deliveries.length} not taken: ${first.status || "no answer"} ${typeof reason === "string" ? reason : JSON.stringify(reason)}`
      : `Taken by the product (${deliveries.length}×, ${Math.round(first.ms)} ms) ${typeof reason === "string" ? reason : ""}`;
  } catch (error) {
    result.className = "bad";
    result.textContent = error.message;
  }
  await refreshPeople();
}

async function arm(event) {
  event.preventDefault();
  const form = find("fault").elements;
  const [kind, status] = form.kind.value.split(":");
  const wish = { provider: form.provider.value, kind, times: Number(form.times.value),
    seconds: Number(form.seconds.value), path_contains: form.path_contains.value };
  if (status) wish.status = Number(status);
  await ask("POST", "faults", wish);
  await refreshFaults();
}

async function keepOptions(event) {
  event.preventDefault();
  const form = find("options").elements;
  await ask("POST", "options", { product_url: form.product_url.value, adopt_unknown: form.adopt_unknown.checked,
    enforce_limits: form.enforce_limits.checked });
}

async function showOptions() {
  const form = find("options").elements;
  const options = await ask("GET", "options");
  form.product_url.value = options.product_url;
  form.adopt_unknown.checked = options.adopt_unknown;
  form.enforce_limits.checked = options.enforce_limits;
  find("slack-secret").value = options.slack_secret;
}

function startOver() {
  newest = 0;
  find("received").replaceChildren();
}

async function forget() {
  if (!confirm("Forget everything received, every person and every thread?")) return;
  await ask("POST", "reset", {});
  location.reload();
}

async function run(work) {
  const state = find("state");
  try {
    await work();
    state.textContent = "Listening";
    state.className = "good";
  } catch (error) {
    state.textContent = error instanceof TypeError ? "The sandbox does not answer" : error.message;
    state.className = "bad";
  }
}

async function tick() {
  if (!document.hidden) await run(async () => { await meet(); await refresh(); await refreshFaults(); await refreshPeople(); await refreshSlack(); });
  setTimeout(tick, 2000);
}

find("act").addEventListener("submit", act);
find("act").elements.provider.addEventListener("change", showEvents);
find("act").elements.workspace_ref.addEventListener("input", (event) => { event.target.dataset.typed = "yes"; });
find("act").elements.person.addEventListener("change", becomePerson);
find("fault").addEventListener("submit", (event) => { event.preventDefault(); run(() => arm(event)); });
find("options").addEventListener("submit", (event) => { event.preventDefault(); run(() => keepOptions(event)); });
find("clear-faults").addEventListener("click", () => run(async () => { await ask("DELETE", "faults"); await refreshFaults(); }));
find("slack-secret").addEventListener("change", (event) => run(() => ask("POST", "options", { slack_secret: event.target.value })));
find("reset").addEventListener("click", () => run(forget));
find("filter").addEventListener("change", () => { startOver(); run(refresh); });
run(showOptions);
tick();
