// Whom does an @ in a note mean? Members of the workspace are offered while it is typed, from what the page holds already.
(() => {
  const MOST = 6;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const people = () => [...document.querySelectorAll("#mention-people li")].map(({ textContent: name, dataset }) => ({ name, ...dataset }));
  const isField = (field) => field?.matches?.('.editor[data-channel="note"], [data-mentions]');

  // The words after the last @ before the caret, when it begins a name: not inside a word or an address.
  const asked = (field) => {
    const before = field.value.slice(0, field.selectionStart);
    const found = /(?:^|[^\p{L}\p{N}_.@+-])@([^@\n]{0,40})$/u.exec(before);
    return found && { query: found[1], from: before.length - found[1].length - 1 };
  };
  const fits = (query) => {
    const wanted = plain(query.trimStart());
    if (query.startsWith(" ")) return [];
    return people().filter(({ name, handle }) => plain(handle).startsWith(wanted) || plain(name).split(" ").some((word) => word.startsWith(wanted)))
      .filter(({ handle }) => plain(handle) !== wanted.trimEnd() || query === query.trimEnd()).slice(0, MOST);
  };

  // Where the caret is: a copy of the field, as far as the caret, measured.
  const caret = (field, at) => {
    const copy = document.createElement("div");
    const style = getComputedStyle(field);
    for (const name of ["font", "padding", "border", "lineHeight", "letterSpacing", "boxSizing"]) copy.style[name] = style[name];
    Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "anywhere", width: `${field.offsetWidth}px` });
    copy.textContent = field.value.slice(0, at);
    const mark = copy.appendChild(Object.assign(document.createElement("span"), { textContent: "@" }));
    document.body.append(copy);
    const box = field.getBoundingClientRect();
    const place = { left: box.left + mark.offsetLeft, top: box.top + mark.offsetTop - field.scrollTop, height: mark.offsetHeight };
    copy.remove();
    return place;
  };

  let open = null; // { field, from, list, shown, at }
  const close = () => {
    if (!open) return;
    open.list.remove();
    for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) open.field.removeAttribute(name);
    open = null;
  };
  const choose = (at) => {
    open.at = (at + open.shown.length) % open.shown.length;
    [...open.list.children].forEach((option, place) => option.setAttribute("aria-selected", place === open.at));
    open.field.setAttribute("aria-activedescendant", `mention-${open.at}`);
  };
  const take = (at) => {
    const { field, from, shown } = open;
    close();
    field.focus();
    field.setRangeText(`@${shown[at].handle} `, from, field.selectionStart, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const option = (person, place) => {
    const line = Object.assign(document.createElement("div"), { id: `mention-${place}`, className: "menu-item mention-choice" });
    line.setAttribute("role", "option");
    line.append(Object.assign(document.createElement("span"), { className: "clip", textContent: person.handle }),
      Object.assign(document.createElement("span"), { className: "faint small", textContent: person.role }));
    line.addEventListener("mousedown", (event) => (event.preventDefault(), take(place))); // before the field loses its focus
    line.addEventListener("mousemove", () => open?.at !== place && choose(place));
    return line;
  };
  const offer = (field) => {
    const { query, from } = asked(field) ?? {};
    const shown = query === undefined ? [] : fits(query);
    close();
    if (!shown.length) return;
    const list = Object.assign(document.createElement("div"), { id: "mention-choices", className: "mention-choices" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Name somebody");
    list.append(...shown.map(option));
    (field.closest("dialog") ?? document.body).append(list);
    open = { field, from, list, shown, at: 0 };
    const at = caret(field, from);
    const box = list.getBoundingClientRect();
    list.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
    list.style.top = `${at.top - box.height - 4 > 8 ? at.top - box.height - 4 : at.top + at.height + 4}px`;
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-autocomplete", "list");
    choose(0);
  };

  document.addEventListener("input", ({ target }) => isField(target) && offer(target));
  document.addEventListener("focusout", ({ target }) => open?.field === target && close());
  document.addEventListener("click", ({ target }) => open && isField(target) && offer(target));
  window.addEventListener("resize", close);
  document.addEventListener("scroll", ({ target }) => open && target !== open.list && close(), true);
  window.addEventListener(
    "keydown",
    (event) => {
      if (!open || event.target !== open.field || event.isComposing) return;
      const act = {
        ArrowDown: () => choose(open.at + 1), ArrowUp: () => choose(open.at - 1), Escape: close,
        Enter: () => take(open.at), Tab: () => take(open.at),
      }[event.metaKey || event.ctrlKey || event.altKey ? "" : event.key];
      if (!act) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    },
    true,
  );

  // Names of who reads stand out; the page says who that is.
  const style = document.head.appendChild(document.createElement("style"));
  new MutationObserver(() => {
    const me = document.getElementById("mention-people")?.dataset.me ?? "";
    const rule = /^[\w-]{36}$/.test(me) ? `.mention[data-people~="${me}"]{background:var(--accent);color:var(--on-accent)}` : "";
    if (style.textContent !== rule) style.textContent = rule;
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-me"] });
})();
