// Which key does what? A key presses the button a mouse would press; nothing fires while somebody types.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const settle = 110; // ms a held j or k must rest before the conversation is asked for

  // key -> data-key of the button; "shift+" and "mod+" (Ctrl or Cmd) in front
  const keys = {
    e: "done", h: "snooze", a: "assign", l: "label", n: "note", u: "unread", "shift+r": "regenerate", z: "undo",
    "shift+o": "original", "]": "next-tab", "?": "keys", "mod+k": "palette", "#": "discard",
  };
  const places = { i: "inbox", f: "followups", b: "booking", a: "analytics", s: "settings" };
  const press = (name) => {
    const button = document.querySelector(`[data-key="${name}"]:not([disabled])`);
    button?.click();
    return Boolean(button);
  };
  const typing = (element) => element?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element?.tagName) && element.type !== "checkbox";

  // --- the cursor of the list: moved here at once, the server follows
  const rows = () => [...document.querySelectorAll(".rows .row")];
  const current = () => document.querySelector(".row[data-cursor]") ?? document.querySelector('.row[data-open="true"]');
  let timer;
  const point = (row) => {
    for (const other of document.querySelectorAll(".row[data-cursor]")) other.removeAttribute("data-cursor");
    row.setAttribute("data-cursor", "");
    row.scrollIntoView({ block: "nearest" });
  };
  const open = (row) => {
    clearTimeout(timer);
    if (document.querySelector(".conversation")?.dataset.lead !== row.dataset.lead) root.dataset.opening = row.dataset.lead;
    row.querySelector(".row-link")?.click();
  };
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    point(next);
    clearTimeout(timer);
    timer = setTimeout(() => open(next), settle);
    if (by > 0 && all.length - all.indexOf(next) < 8) more();
  };
  // Ask for the next page once per length of the list.
  let askedAt = "";
  const more = () => {
    const all = rows();
    const mark = `${all.length}:${all.at(-1)?.dataset.lead}`;
    if (mark !== askedAt && press("more")) askedAt = mark;
  };
  zrg.arrived = () => {
    if (root.dataset.opening && document.querySelector(".conversation")?.dataset.lead === root.dataset.opening) delete root.dataset.opening;
  };
  zrg.picked = () => [...document.querySelectorAll(".row:has(.row-pick :checked)")].map((row) => row.dataset.lead);

  // A click with Ctrl, Cmd or the middle button opens a new tab, as any link does; a plain one stays here.
  window.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.(".row-link");
      if (!link) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey) return event.stopPropagation();
      event.preventDefault();
      const row = link.closest(".row");
      point(row);
      if (document.querySelector(".conversation")?.dataset.lead !== row.dataset.lead) root.dataset.opening = row.dataset.lead;
      root.dataset.pane = "conversation";
      const address = new URL(location.href);
      address.searchParams.set("leadId", row.dataset.lead);
      address.searchParams.delete("draftId");
      history.replaceState(history.state, "", address);
    },
    true,
  );
  if (new URLSearchParams(location.search).has("leadId")) root.dataset.pane = "conversation";

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".row-pick .check")) return;
    const number = zrg.picked().length;
    const list = event.target.closest(".rows");
    number ? (list.dataset.picking = number) : delete list.dataset.picking;
    const words = document.querySelector("[data-picked-count]");
    if (words) words.textContent = `${number} chosen`;
  });

  // A row that arrives on top while a pointer moves over the list pushes nothing away from under it.
  let pointed = 0;
  document.addEventListener("pointermove", ({ target }) => target.closest?.(".rows") && (pointed = Date.now()), { passive: true });
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.matches?.(".rows li"));
    const [row] = added;
    if (added.length !== 1 || row.previousElementSibling || !row.isConnected || Date.now() - pointed > 1500) return;
    const list = row.closest(".rows");
    if (list.scrollTop === 0) list.scrollTop = row.offsetHeight;
  }).observe(document.documentElement, { childList: true, subtree: true });

  // Rows ask for more when the end comes near.
  document.addEventListener(
    "scroll",
    ({ target }) => {
      if (target.classList?.contains("rows") && target.scrollHeight - target.scrollTop - target.clientHeight < 600) more();
    },
    true,
  );

  const toEditor = () => {
    const editor = document.querySelector(".editor");
    editor?.focus();
    editor?.setSelectionRange(editor.value.length, editor.value.length);
  };

  let waitingForPlace = 0;
  document.addEventListener("keydown", (event) => {
    const mod = event.metaKey || event.ctrlKey;
    const inField = typing(event.target);
    if (mod && event.key === "Enter") return void (press("send") && event.preventDefault());
    if (mod && event.key.toLowerCase() === "k") return void (press("palette") && event.preventDefault());
    if (event.key === "Escape" && inField && !event.target.closest("dialog")) return event.target.blur();
    if (event.key === "Enter" && event.target.matches?.("[data-enter]")) return void (press(event.target.dataset.enter), event.preventDefault());
    if (inField || mod || event.altKey || document.querySelector("dialog[open]") || event.target.closest?.(".menu")) return;
    if (waitingForPlace > Date.now()) {
      waitingForPlace = 0;
      if (places[event.key]) return void document.querySelector(`[data-key="go-${places[event.key]}"]`)?.click();
    }
    const row = current();
    const named = {
      j: () => move(1), k: () => move(-1), g: () => (waitingForPlace = Date.now() + 1200),
      "/": () => document.getElementById("search")?.focus(),
      r: () => toEditor(),
      x: () => row?.querySelector(".row-pick .check")?.click(),
      Escape: () => (delete root.dataset.drawer, root.dataset.pane = "list"),
      Enter: () => row && !event.target.closest("button,a,summary") && (open(row), (root.dataset.pane = "conversation")),
    }[event.key];
    if (named) return void (named(), event.key === "Enter" || event.preventDefault());
    const name = keys[(event.shiftKey && event.key.length === 1 && /[a-z]/i.test(event.key) ? "shift+" : "") + event.key.toLowerCase()];
    if (name && press(name)) event.preventDefault();
  });
})();
