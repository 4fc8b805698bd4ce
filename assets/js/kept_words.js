// Where are words half written kept besides this browser? On the server, once typing rests: one small request, no event per key.
// What was kept or sent elsewhere meanwhile is offered, never written over, and never put over what stands in the field.
(() => {
  const zrg = (window.zrg ??= {});
  const REST = 1000, // ms without a key before words are kept
    LOOK = 150, // ms a conversation must stay open before its words are asked for
    AGAIN = 10000; // ms until a keep that failed is tried again
  const versions = new Map(); // the edition of the server that this tab knows, by lead and channel
  const stored = new Map(); // what stands there, as far as this tab knows
  let timer, looking, undecided, leaving, unkept;

  const current = () => document.querySelector(".editor[data-met]");
  const whose = (editor) => editor.dataset.words.split(".").slice(0, 2).join(".");
  const lead = (editor) => editor.dataset.words.split(".")[0];
  const address = (editor, workspace) => `/api/words?${new URLSearchParams({ clientId: workspace, leadId: lead(editor) })}`;
  // The edition is remembered beside the words, so that a browser that comes back knows its own from those of another.
  const mark = (editor) => `zrg.kept.${editor.dataset.person}.${whose(editor)}`;
  const know = (editor, version, body) => {
    versions.set(whose(editor), version);
    stored.set(whose(editor), body);
    version ? localStorage.setItem(mark(editor), version) : localStorage.removeItem(mark(editor));
  };
  const say = (words) => {
    const place = document.querySelector("[data-words-state]");
    if (place && place.textContent !== words) place.textContent = place.title = words;
  };
  const put = (editor, text) => {
    editor.value = text;
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // An offer stands above the field until it is answered or the field goes.
  const offer = (editor, text, use, leave) => {
    const place = document.querySelector("[data-words-offer]");
    if (!place) return;
    const button = (word, press) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: word });
      made.onclick = () => (clear(), press(), editor.isConnected && editor.focus());
      return made;
    };
    const words = Object.assign(document.createElement("span"), { className: "grow", textContent: text });
    place.replaceChildren(words, button(...use), button(...leave));
    place.dataset.on = "true";
  };
  const clear = () => {
    undecided = null;
    const place = document.querySelector("[data-words-offer]");
    if (!place?.dataset.on) return;
    place.replaceChildren();
    delete place.dataset.on;
  };
  const when = (at) => zrg.moment?.(new Date(at)) ?? new Date(at).toLocaleString();

  // --- keeping
  let busy = null;
  const keep = async (editor, { last = false } = {}) => {
    clearTimeout(timer);
    const { workspace } = editor.dataset;
    if (!workspace || undecided === whose(editor) || leaving === editor) return;
    if (busy && !last) return void (busy.again = true);
    const key = whose(editor);
    // A field with nothing of one's own in it keeps nothing.
    const body = editor.value === editor.defaultValue ? "" : editor.value;
    if (unkept === editor) unkept = null;
    if ((stored.get(key) ?? "") === body) return void (editor.isConnected && say(body ? "Kept" : ""));
    const words = { channel: editor.dataset.channel, base: body && editor.defaultValue, body, seen: versions.get(key) ?? "" };
    const turn = (busy = { again: false });
    try {
      const answer = await fetch(address(editor, workspace), { method: "PUT", keepalive: last && body.length < 20000, headers: { "content-type": "application/json" }, body: JSON.stringify(words) });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (told.other) meetOther(editor, key, told.other, body);
      else know(editor, told.version, body);
      if (!told.other && editor.isConnected) say(body ? "Kept" : "");
    } catch {
      unkept = editor;
      if (editor.isConnected) say("Kept in this browser only; trying again");
      if (editor.isConnected) timer = setTimeout(() => keep(editor), AGAIN);
    } finally {
      if (busy === turn) busy = null;
      if (turn.again && editor.isConnected) keep(editor);
    }
  };
  // Something else stands on the server than this tab knew of: sent, given up, or written in another window.
  const meetOther = (editor, key, other, body) => {
    know(editor, other.version, other.body);
    if (!editor.isConnected || leaving === editor) return;
    if (!other.body || other.body === body) return void (body && other.body !== body && keep(editor));
    undecided = key;
    offer(editor, `Other words of yours for this were kept elsewhere, ${when(other.at)}.`,
      ["Use those", () => put(editor, other.body)], ["Keep these", () => keep(editor)]);
  };

  // --- finding again
  const look = async (editor) => {
    const { workspace } = editor.dataset;
    if (!workspace || !editor.isConnected) return;
    let told;
    try {
      const answer = await fetch(address(editor, workspace));
      if (!answer.ok) return;
      told = (await answer.json()).kept;
    } catch {
      return; // offline: what this browser has is there already
    }
    if (!editor.isConnected) return;
    const words = told.find((each) => each.channel === editor.dataset.channel);
    if (words) found(editor, words);
    else if (editor.value !== editor.defaultValue) keep(editor);
  };
  const found = (editor, words) => {
    const mine = editor.value;
    const own = (localStorage.getItem(mark(editor)) ?? "") === words.version;
    know(editor, words.version, words.body);
    if (words.body === mine) return say(mine && "Kept");
    if (!words.body && (mine === editor.defaultValue || own)) return void keep(editor);
    if (mine === editor.defaultValue && words.base === editor.defaultValue && !words.answered_by) {
      put(editor, words.body);
      return say(`Your words of ${when(words.at)}`);
    }
    // The server has what this browser wrote before: what stands here is newer.
    if (mine !== editor.defaultValue && own) return void keep(editor);
    if (!words.body) {
      undecided = whose(editor);
      return offer(editor, `You sent this, or gave it up, in another window, ${when(words.at)}.`,
        ["Empty the field", () => put(editor, editor.defaultValue)], ["Keep what stands here", () => keep(editor)]);
    }
    const why = words.answered_by ? `${words.answered_by} has written since.` : words.base === editor.defaultValue ? "" : "Another text has come since.";
    undecided = whose(editor);
    offer(editor, `You had begun to write this, ${when(words.at)}. ${why}`.trim(), ["Use my words", () => put(editor, words.body)],
      [mine === editor.defaultValue ? "Forget them" : "Keep what stands here", () => keep(editor)]);
  };

  document.addEventListener("zrg:met", ({ detail: editor }) => {
    clear();
    say("");
    if (unkept && unkept !== editor && unkept !== leaving) keep(unkept, { last: true });
    const { workspace, person } = editor.closest(".composer")?.dataset ?? {};
    Object.assign(editor.dataset, { workspace: workspace ?? "", person: person ?? "" });
    clearTimeout(looking);
    looking = setTimeout(() => look(editor), LOOK);
  });
  document.addEventListener("input", ({ target: editor }) => {
    if (!editor.dataset?.words) return;
    if (leaving === editor) leaving = null; // it did not leave, and is written on
    unkept = editor;
    say("");
    clearTimeout(timer);
    timer = setTimeout(() => keep(editor), REST);
  });
  // What leaves is not kept on the way: the server forgets it with the send.
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-key]")?.dataset.key;
    if (!["send", "send-at", "discard"].includes(pressed) && !event.target.closest?.("[data-later]")) return;
    clearTimeout(timer);
    const editor = (leaving = current());
    setTimeout(() => leaving === editor && editor?.isConnected && ((leaving = null), keep(editor)), 4000);
  });
  const last = () => {
    if (unkept && unkept !== leaving && document.visibilityState === "hidden") keep(unkept, { last: true });
  };
  document.addEventListener("visibilitychange", last);
  addEventListener("online", () => unkept && keep(unkept));
  zrg.keepWords = () => unkept && unkept !== leaving && keep(unkept, { last: true });
})();
