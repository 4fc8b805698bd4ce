// Which row of the list is under the cursor, which are chosen, and when are more asked for? Acts here at once, the server follows.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const settle = 110; // ms a held j or k must rest before the conversation is asked for

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
  const pressMore = () => {
    const button = document.querySelector('[data-key="more"]:not([disabled])');
    button?.click();
    return Boolean(button);
  };
  // Ask for the next page once per length of the list.
  let askedAt = "";
  const more = () => {
    const all = rows();
    const mark = `${all.length}:${all.at(-1)?.dataset.lead}`;
    if (mark !== askedAt && pressMore()) askedAt = mark;
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

  // What keyboard.js moves. Focus goes along with the cursor, so that a screen reader says the row and Tab goes on from it.
  const focus = (row = current()) => row?.querySelector(".row-link")?.focus({ preventScroll: true });
  zrg.list = {
    current,
    focus,
    move: (by) => (move(by), focus()),
    open: (row) => (open(row), (root.dataset.pane = "conversation")),
    pick: (row) => row?.querySelector(".row-pick .check")?.click(),
  };
})();
