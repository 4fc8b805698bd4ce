// Which key does what? One table: keyboard.js acts by it, the list of keys (?) and the palette show it.
(() => {
  const zrg = (window.zrg ??= {});
  const mac = /mac|iphone|ipad/i.test(navigator.platform);
  if (mac) document.documentElement.dataset.mac = "";

  // `press` names the button (data-bulk while rows are chosen, else data-key), `act` a step of keyboard.js.
  // "mod" is Ctrl, on a Mac ⌘; "g i" is one after the other. `held`: repeats while the key is held.
  const table = {
    Move: [
      { keys: "j", act: "next", word: "Next conversation", held: true },
      { keys: "k", act: "previous", word: "Previous conversation", held: true },
      { keys: "enter", act: "open", word: "Open the conversation" },
      { keys: "escape", act: "back", word: "Close what lies on top, or go back to the list" },
      { keys: "/", act: "search", word: "Search" },
      { keys: "mod+k", act: "palette", word: "Command palette: people, views, steps, settings" },
    ],
    Answer: [
      { keys: "r", act: "answer", word: "To the answer" },
      { keys: "mod+enter", act: "send", word: "Send or approve" },
      { keys: "shift+r", press: "regenerate", word: "Write the draft again" },
      { keys: "n", press: "note", word: "Note for your team" },
      { keys: "z", act: "undo", word: "Undo the last step" },
    ],
    Tidy: [
      { keys: "e", press: "done", word: "Done, or reopen" },
      { keys: "h", press: "snooze", word: "Snooze, or wake" },
      { keys: "a", press: "assign", word: "Assign" },
      { keys: "l", press: "label", word: "Label" },
      { keys: "u", press: "unread", word: "Mark unread" },
      { keys: "x", act: "choose", word: "Choose; then a key means all chosen ones" },
      { keys: "shift+j", act: "reach", word: "Choose the next one, too", held: true },
      { keys: "shift+k", act: "reachBack", word: "Choose the one before, too", held: true },
    ],
    "Go to": [
      { keys: "g i", press: "go-inbox", word: "Inbox" },
      { keys: "g f", press: "go-followups", word: "Follow-ups" },
      { keys: "g b", press: "go-booking", word: "Booking" },
      { keys: "g a", press: "go-analytics", word: "Analytics" },
      { keys: "g s", press: "go-settings", word: "Settings" },
      { keys: "g o", press: "go-operations", word: "Operations" },
      { keys: "?", press: "keys", word: "This list" },
    ],
  };
  const all = Object.values(table).flat();
  const named = new Map(all.map((one) => [one.keys, one]));

  // What was pressed, as the table writes it. A letter counts whatever Caps Lock says; where the layout has no Latin letters
  // (Greek, Cyrillic, Hebrew), the place of the key counts instead of its sign.
  let foreign = false;
  const written = (event) => {
    let key = event.key;
    if (/^Key[A-Z]$/.test(event.code) && key.length === 1) foreign = !/[a-z]/i.test(key.normalize("NFD"));
    if (foreign && /^Key[A-Z]$/.test(event.code)) key = event.code.at(-1);
    if (foreign && event.code === "Slash") key = event.shiftKey ? "?" : "/";
    key = key.toLowerCase();
    const mod = (mac ? event.metaKey : event.ctrlKey) && !event.getModifierState?.("AltGraph") ? "mod+" : "";
    return mod + (event.shiftKey && /^[a-z]$/.test(key) ? "shift+" : "") + key;
  };

  const signs = { mod: mac ? "⌘" : "Ctrl", shift: "⇧", enter: "↵", escape: "Esc" };
  const caps = (keys) => keys.split(/[ +]/).map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  const exists = (one) => !one.press?.startsWith("go-") || document.querySelector(`[data-key="${one.press}"]`);

  zrg.keys = {
    of: (event) => named.get(written(event)),
    sequence: (first, event) => named.get(`${first} ${written(event)}`),
    starts: (event) => written(event) === "g" && "g",
    // The keys of a step, for whoever shows it elsewhere.
    shown: (step) => {
      const one = all.find(({ press, act }) => (press ?? act) === step);
      return one ? caps(one.keys) : [];
    },
  };

  const made = (tag, className, ...children) => {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...children);
    return element;
  };
  const line = (one) => made("div", "line key-line", made("dt", "grow", one.word), made("dd", "line", ...caps(one.keys).map((cap) => made("kbd", "kbd", cap))));
  const group = ([name, keys]) => made("section", "key-group", made("h3", "small faint", name), made("dl", "", ...keys.filter(exists).map(line)));
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.('[data-do="open:keys"]') && document.querySelector("[data-keys-list]");
    place?.replaceChildren(...Object.entries(table).map(group));
  }, true);
})();
