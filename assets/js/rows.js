// Which row of the list is under the cursor, which are chosen, and when are more asked for? Acts here at once, the server follows.
// The list is a window on a longer one: pages join as an end is neared and leave at the other, and what is looked at stays in place.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const settle = 110; // ms a held j or k must rest before the conversation is asked for
  const near = 1200; // px from an end of the rows at which the next page is asked for
  const again = 3000; // ms after which a page that did not come is asked for once more

  const list = () => document.querySelector(".rows[data-list]");
  const rows = () => [...document.querySelectorAll(".rows .row[data-lead]")];
  const current = () => document.querySelector(".row[data-cursor]") ?? document.querySelector('.row[data-open="true"]');
  const seen = (row, edge) => row.getBoundingClientRect().bottom > edge.top && row.getBoundingClientRect().top < edge.bottom;
  let timer, waiting = 0;
  const point = (row) => {
    for (const other of document.querySelectorAll(".row[data-cursor]")) if (other !== row) other.removeAttribute("data-cursor");
    row.setAttribute("data-cursor", "");
  };
  const bring = (row) => row.scrollIntoView({ block: "nearest" });
  const open = (row) => {
    clearTimeout(timer);
    if (document.querySelector(".conversation")?.dataset.lead !== row.dataset.lead) root.dataset.opening = row.dataset.lead;
    row.querySelector(".row-link")?.click();
  };
  // Focus goes along with the cursor, so that a screen reader says the row and Tab goes on from it.
  const focus = (row = current()) => row?.querySelector(".row-link")?.focus({ preventScroll: true });
  // From the cursor; where it was let go with its page, from what is on the screen. At an end the step waits for the next page.
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const edge = list()?.getBoundingClientRect();
    const first = at < 0 && edge ? Math.max(0, all.findIndex((row) => seen(row, edge))) : 0;
    const to = at < 0 ? first : at + by;
    waiting = to >= all.length && ask("more") ? by : to < 0 && ask("before") ? by : 0;
    if (waiting) return;
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    point(next);
    bring(next);
    clearTimeout(timer);
    timer = setTimeout(() => open(next), settle);
    if (all.length - to < 8) ask("more");
    if (to < 8) ask("before");
  };

  // Each end is asked for once: the mark says which row stood there. Says whether a page is on its way.
  const asked = {};
  const ask = (way) => {
    const button = document.querySelector(`[data-key="${way}"]:not([disabled])`);
    if (!button) return false;
    const all = rows();
    const mark = `${list()?.dataset.list} ${all.length} ${(way === "more" ? all.at(-1) : all[0])?.dataset.lead}`;
    if (asked[way]?.mark === mark && Date.now() - asked[way].at < again) return true;
    asked[way] = { mark, at: Date.now() };
    button.click();
    return true;
  };
  const fill = (box) => {
    const all = rows();
    const edge = box.getBoundingClientRect();
    const top = all[0]?.getBoundingClientRect().top ?? edge.top;
    const bottom = all.at(-1)?.getBoundingClientRect().bottom ?? edge.top;
    // At the very top of what was let go long ago, the first page is nearer than all those between.
    if (box.scrollTop === 0 && edge.top - top < -2 * near && ask("list-top")) return;
    if (edge.top - top < near) ask("before");
    else delete asked.before;
    if (bottom - edge.bottom < near) ask("more");
    else delete asked.more;
  };

  zrg.arrived = () => {
    if (root.dataset.opening && document.querySelector(".conversation")?.dataset.lead === root.dataset.opening) delete root.dataset.opening;
  };
  zrg.picked = () => [...document.querySelectorAll(".row:has(.row-pick :checked)")].map((row) => row.dataset.lead);

  const name = (lead) => {
    const address = new URL(location.href);
    address.searchParams.set("leadId", lead);
    address.searchParams.delete("draftId");
    history.replaceState(history.state, "", address);
  };

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
      // The click asks the server first; what takes the browser long waits for that.
      const lead = row.dataset.lead;
      setTimeout(() => (bring(row), name(lead)));
    },
    true,
  );
  if (new URLSearchParams(location.search).has("leadId")) root.dataset.pane = "conversation";

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".row-pick .check")) return;
    const number = zrg.picked().length;
    const box = event.target.closest(".rows");
    number ? (box.dataset.picking = number) : delete box.dataset.picking;
    const words = document.querySelector("[data-picked-count]");
    if (words) words.textContent = `${number} chosen`;
  });

  // What is looked at stays where it is, whatever comes and goes: most of the rows on the screen say how far they were moved.
  // At the very top new rows push the others down, unless a pointer moves over them.
  let places = [], shown = "", pointed = 0;
  document.addEventListener("pointermove", ({ target }) => target.closest?.(".rows") && (pointed = Date.now()), { passive: true });
  const hold = (box) => {
    const edge = box.getBoundingClientRect();
    const free = box.scrollTop === 0 && Date.now() - pointed > 1500;
    places = free ? [] : rows().filter((row) => seen(row, edge)).map((row) => [row, row.offsetTop]);
  };
  const keep = (box) => {
    const moved = new Map();
    for (const [row, top] of places) if (row.isConnected) moved.set(row.offsetTop - top, (moved.get(row.offsetTop - top) ?? 0) + 1);
    const [by] = [...moved].sort((one, other) => other[1] - one[1])[0] ?? [0];
    if (by) box.scrollTop += by;
  };
  const settled = () => {
    const box = list();
    if (!box) return;
    if (box.dataset.list !== shown) [shown, box.scrollTop, places] = [box.dataset.list, 0, []];
    else keep(box);
    if (waiting) {
      const all = rows();
      const at = all.indexOf(current());
      if (at >= 0 && all[at + waiting]) (move(waiting), focus());
    }
    hold(box);
    fill(box);
  };
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.matches?.(".rows, .rows ul, .list"))) settled();
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-list"] });
  let drawn = 0;
  document.addEventListener(
    "scroll",
    ({ target: box }) => {
      if (!box.matches?.(".rows[data-list]")) return;
      cancelAnimationFrame(drawn);
      drawn = requestAnimationFrame(() => (hold(box), fill(box)));
    },
    true,
  );

  // What keyboard.js moves.
  zrg.list = {
    current,
    focus,
    point: (row) => (point(row), focus()),
    move: (by) => (move(by), focus()),
    open: (row) => (open(row), (root.dataset.pane = "conversation")),
    pick: (row) => row?.querySelector(".row-pick .check")?.click(),
  };
})();
