// Which rows are chosen, and what does a step mean: them, or the open conversation? All in the browser; the server hears of the step.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const most = 200;
  const chosen = new Set();
  let last = null; // where a range begins

  const list = () => document.querySelector(".list");
  const rows = () => [...document.querySelectorAll(".rows .row[data-lead]")];
  const box = (row) => row.querySelector(".row-pick .check");
  const tell = () => {
    const place = list();
    if (!place) return;
    const number = chosen.size;
    for (const each of [place, place.querySelector(".rows")]) if (each) number ? (each.dataset.picking = number) : delete each.dataset.picking;
    const words = document.querySelector("[data-picked-count]");
    const shown = rows();
    const unseen = number - shown.filter((row) => chosen.has(row.dataset.lead)).length;
    if (words) words.textContent = `${number} chosen`;
    if (words) unseen ? (words.dataset.off = `${unseen} further off`) : delete words.dataset.off;
    const every = document.querySelector("[data-pick-all]");
    if (every) (every.checked = shown.length > 0 && shown.every((row) => chosen.has(row.dataset.lead))), (every.indeterminate = number > 0 && !every.checked);
  };
  const set = (row, on) => {
    if (on && chosen.size >= most && !chosen.has(row.dataset.lead)) return (box(row).checked = false);
    on ? chosen.add(row.dataset.lead) : chosen.delete(row.dataset.lead);
    box(row).checked = on;
  };
  const full = (wanted) => wanted > most && zrg.toast?.(`${most} can be chosen at once.`);
  const none = () => (chosen.clear(), (last = null), rows().forEach((row) => (box(row).checked = false)), tell());
  const all = () => (rows().forEach((row) => set(row, true)), full(rows().length), tell());

  zrg.picked = () => [...chosen];
  // With Shift the cursor takes the next row along, or gives the last one back.
  zrg.reach = (by) => {
    const row = zrg.list.current();
    const next = row && rows()[rows().indexOf(row) + by];
    if (!row) return false;
    set(row, !(next && chosen.has(row.dataset.lead) && chosen.has(next.dataset.lead)));
    if (next) set(next, true), zrg.list.point(next);
    last = (next ?? row).dataset.lead;
    tell();
  };
  zrg.pickAll = all;
  zrg.pickNone = none;

  // Shift and a click choose everything between this row and the one before.
  document.addEventListener("click", (event) => {
    const check = event.target.closest?.(".row-pick .check");
    if (!check) return;
    const row = check.closest(".row");
    const shown = rows();
    const [from, to] = [shown.findIndex((each) => each.dataset.lead === last), shown.indexOf(row)];
    if (event.shiftKey && from >= 0) shown.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => set(each, check.checked));
    last = row.dataset.lead;
  }, true);
  document.addEventListener("mousedown", (event) => event.shiftKey && event.target.closest?.(".row-pick") && event.preventDefault());
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-pick-all]")) return void (event.target.checked ? all() : none());
    const row = event.target.matches?.(".row-pick .check") && event.target.closest(".row");
    if (row) set(row, event.target.checked), tell();
  });

  // Rows come and go. What is only let go beyond an end of the window stays chosen and is so when it comes back; what left from
  // between others, or with another list, is not chosen any more.
  let soon = 0, former = [], shownList = "";
  const gone = (shown) => {
    const number = document.querySelector(".rows[data-list]")?.dataset.list ?? "";
    const here = new Map(shown.map((row, place) => [row.dataset.lead, place]));
    const [first, last] = [former.findIndex((lead) => here.has(lead)), former.findLastIndex((lead) => here.has(lead))];
    const beyond = (place) => number === shownList && first >= 0
      && ((place < first && document.querySelector('[data-key="before"]')) || (place > last && document.querySelector('[data-key="more"]')));
    const left = former.filter((lead, place) => chosen.has(lead) && !here.has(lead) && !beyond(place));
    if (number !== shownList) left.push(...[...chosen].filter((lead) => !here.has(lead)));
    [former, shownList] = [[...here.keys()], number];
    return left;
  };
  const settle = () => {
    soon = 0;
    const shown = rows();
    for (const lead of gone(shown)) chosen.delete(lead);
    if (!chosen.size) return void (document.querySelector(".list[data-picking]") && tell());
    for (const row of shown) if (box(row).checked !== chosen.has(row.dataset.lead)) box(row).checked = chosen.has(row.dataset.lead);
    tell();
  };
  new MutationObserver((changes) => {
    if (!soon && changes.some(({ target }) => target.closest?.(".list"))) soon = requestAnimationFrame(settle);
  }).observe(document.documentElement, { childList: true, subtree: true });

  // A menu means the chosen ones when the bar opened it; else the open conversation.
  let aim = "";
  zrg.aimed = () => (aim ? zrg.picked() : []);
  const aimAt = (button) => (root.dataset.aim = aim = button?.dataset.bulk ? "chosen" : "");
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[popovertarget]");
    if (button && !button.closest("[popover]")) aimAt(button);
  }, true);

  // In these views what is done, snoozed or read goes: it leaves at once, and the server's list follows.
  const leaves = {
    done: /^(reply|mine|open|answered|unread|snoozed)$/, snooze: /^(reply|mine|open|answered|done)$/, read: /^unread$/,
  };
  const leave = (step) => {
    if (!leaves[step]?.test(list()?.dataset.view ?? "")) return;
    for (const row of rows()) if (chosen.has(row.dataset.lead)) row.dataset.leaving = "";
  };
  const toast = zrg.toast;
  zrg.toast = (...given) => {
    setTimeout(() => document.querySelectorAll(".row[data-leaving]").forEach((row) => delete row.dataset.leaving), 250);
    return toast(...given);
  };
  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("button");
    if (!step) return;
    if (step.dataset.then) return void (aimAt(null), requestAnimationFrame(() => document.getElementById(step.dataset.then)?.showPopover()));
    if (step.dataset.fill) {
      const [id, words] = step.dataset.fill.split("|");
      const field = document.getElementById(id);
      return void ((field.value = words), field.focus());
    }
    if (step.dataset.empties) return void setTimeout(() => (document.getElementById(step.dataset.empties).value = ""), 0);
    if (step.dataset.bulk && step.dataset.do === "unpick") leave(step.dataset.bulk);
    if (!aim || step.dataset.closes !== "menu" || step.dataset.always || step.dataset.do || !step.closest(".menu")) return;
    if (step.closest("#snooze-menu")) leave("snooze");
    setTimeout(none, 0); // once the step has read whom it means: React listens on the document too, and later
  });
  const run = zrg.run;
  zrg.run = (what) => (what === "unpick" ? setTimeout(none, 0) : what === "pick-all" ? all() : run(what));

  // Typing in a menu leaves what holds the words; Enter takes the first, or makes what is not there.
  const narrow = (menu) => {
    const words = menu.querySelector("[data-filter]").value.trim();
    const wanted = words.toLowerCase();
    let exact = false;
    for (const item of menu.querySelectorAll("[data-word]")) {
      const word = item.dataset.word.toLowerCase();
      exact ||= word === wanted;
      item.hidden = !wanted.split(/\s+/).every((part) => word.includes(part));
    }
    const create = menu.querySelector("[data-create]");
    if (!create) return;
    create.hidden = !wanted || exact;
    create.querySelector("[data-filter-words]").textContent = words;
  };
  zrg.typed = (id) => document.getElementById(id)?.value.trim() ?? "";
  document.addEventListener("input", ({ target }) => target.matches?.("[data-filter]") && narrow(target.closest(".menu")));
  document.addEventListener("keydown", (event) => {
    if (event.target.matches?.("[data-blurs]") && event.key === "Enter") return void event.target.blur();
    if (!event.target.matches?.("[data-filter]") || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const first = event.target.closest(".menu").querySelector(".menu-item:not([hidden],[data-always])");
    if (event.target.value.trim() || first?.dataset.create) first?.click();
  });
  document.addEventListener("toggle", ({ target, newState }) => {
    const field = newState === "open" && target.querySelector?.("[data-filter]");
    if (field) (field.value = ""), narrow(target);
  }, true);
})();
