// When does a key act? It presses the button a mouse would press; nothing fires while somebody types or a dialog or menu is open.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const live = ':not([disabled],[aria-disabled="true"])';
  const find = (name) => (zrg.picked?.().length && document.querySelector(`[data-bulk="${name}"]${live}`)) || document.querySelector(`[data-key="${name}"]${live}`);
  const press = (name) => {
    const button = find(name);
    button?.click();
    return Boolean(button);
  };
  zrg.press = press;

  const plain = /^(checkbox|radio|button|submit|reset|range|color|file)$/;
  const typing = (element) => element?.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element?.tagName) || (element?.tagName === "INPUT" && !plain.test(element.type));
  const covered = () => document.querySelector("dialog[open],[popover]:popover-open");

  // Where the hands were before a key led them into a field: Escape leads back there, else to the row of the list.
  let before = null;
  const into = (field) => {
    if (!field) return false;
    if (document.activeElement !== document.body && !typing(document.activeElement)) before = document.activeElement;
    field.focus();
    return true;
  };
  const out = (field) => {
    const back = before?.isConnected && before !== field ? before : zrg.list?.current()?.querySelector(".row-link");
    before = null;
    field.blur();
    back?.focus({ preventScroll: true });
  };

  const acts = {
    next: () => zrg.list?.move(1),
    previous: () => zrg.list?.move(-1),
    open: ({ target }) => {
      const row = zrg.list?.current();
      if (!row || target.closest("button,a,summary,label,[role=button],[role=tab]")) return false;
      zrg.list.open(row);
    },
    search: () => {
      const field = document.getElementById("search");
      return into(field) && field.select();
    },
    answer: () => {
      const editor = document.querySelector(".editor");
      if (!into(editor)) return;
      root.dataset.pane = "conversation";
      editor.setSelectionRange(editor.value.length, editor.value.length);
    },
    palette: () => press("palette"),
    choose: () => zrg.list?.pick(zrg.list.current()),
    reach: () => zrg.reach?.(1),
    reachBack: () => zrg.reach?.(-1),
    undo: () => {
      // A message on its way out is the more pressing of the two.
      if (!press("undo")) [...document.querySelectorAll(".toast[data-offer] button")].at(-1)?.click();
    },
    back: ({ target }) => {
      const asking = document.querySelector(".station[data-regenerating]");
      if (asking?.contains(target) && target.closest(".instruction")) return asking.removeAttribute("data-regenerating"), into(document.querySelector(".editor"));
      if (target.type === "search" && target.value) return; // the browser empties it
      if (typing(target)) return out(target);
      if (root.dataset.drawer) return zrg.run("drawer:" + root.dataset.drawer);
      if (zrg.picked?.().length) return zrg.run("unpick");
      zrg.run("pane:list");
    },
  };

  // Ctrl Enter sends from the answer, never from another field that somebody types in.
  const sends = (target) => (!typing(target) || target.closest(".station")) && press("send");

  let first = "", until = 0;
  document.addEventListener("keydown", (event) => {
    if (!event.key || event.isComposing || event.defaultPrevented || covered()) return;
    const inField = typing(event.target);
    const key = zrg.keys.of(event);
    const mod = event.ctrlKey || event.metaKey || event.altKey;
    if (key?.act === "palette") return void (event.repeat || acts.palette(), event.preventDefault());
    if (key?.act === "send") return void (event.repeat || sends(event.target), event.preventDefault());
    if (key?.act === "back" && !mod) return void acts.back(event);
    if (inField) return void inSearch(event);
    if (mod && !event.getModifierState("AltGraph")) return;
    const place = until > Date.now() && zrg.keys.sequence(first, event);
    until = 0;
    if (place) return void (press(place.press), event.preventDefault());
    if ((first = zrg.keys.starts(event))) return void (until = Date.now() + 1500);
    if (!key || (event.repeat && !key.held)) return;
    const done = key.act ? acts[key.act](event) !== false : press(key.press);
    if (done && key.act !== "open") event.preventDefault();
  });

  // From the search field down into what was found.
  const inSearch = (event) => {
    if (event.target.id !== "search" || !/^(Enter|ArrowDown)$/.test(event.key)) return;
    event.preventDefault();
    zrg.list?.move(0);
  };

  // Enter in a field that names a step presses it, in dialogs and menus too.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-enter]")) return;
    press(event.target.dataset.enter);
    event.preventDefault();
  });
})();
