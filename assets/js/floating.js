// How do menus, dialogs, drawers and toasts open and close? All in the browser, nothing here asks the server.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;

  // A toast: zrg.toast("Saved", {tone: "bad", word: "Undo", press: "#undo"}); the word clicks `press`, or calls it.
  zrg.toast = (text, { tone = "quiet", word, press, stay = tone === "bad" ? 9000 : 5000 } = {}) => {
    if (tone === "bad") delete root.dataset.opening; // the conversation that was asked for does not come
    const host = document.getElementById("toasts");
    if (!host) return;
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.tone = tone;
    toast.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (word) {
      // One offer at a time: an older Undo would undo the newer step.
      for (const older of host.querySelectorAll("[data-offer]")) older.remove();
      toast.dataset.offer = "true";
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: word });
      button.onclick = () => (toast.remove(), typeof press === "function" ? press() : document.querySelector(press)?.click());
      toast.append(button);
    }
    while (host.children.length > 2) host.firstChild.remove();
    host.append(toast);
    setTimeout(() => toast.remove(), stay);
  };

  // A menu may have several buttons: the one it was opened by counts, else the first that can be seen.
  const pressed = new Map();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-menu]");
    if (button) pressed.set(button.dataset.menu, button);
  }, true);
  const buttonOf = (menu) => {
    const all = [...document.querySelectorAll(`[data-menu="${CSS.escape(menu.id)}"]`)];
    return [pressed.get(menu.id), ...all].find((each) => each?.isConnected && each.getClientRects().length) ?? all[0];
  };

  // Focus returns to where it was before something lay over it; a step of a menu counts as the button of that menu.
  const cameFrom = new WeakMap();
  const opener = (element) => {
    const menu = element?.closest?.("[popover]");
    return menu ? buttonOf(menu) ?? element : element;
  };
  const giveBack = (layer) => {
    const place = cameFrom.get(layer);
    cameFrom.delete(layer);
    if (document.activeElement !== document.body && !layer.contains(document.activeElement)) return;
    place?.isConnected && place !== document.body ? place.focus({ preventScroll: true }) : zrg.list?.focus();
  };
  document.addEventListener("close", ({ target }) => target.matches?.("dialog") && giveBack(target), true);

  const actions = {
    open: (id) => {
      const dialog = document.getElementById(id);
      if (!dialog?.showModal || dialog.open) return;
      cameFrom.set(dialog, opener(document.activeElement));
      dialog.showModal();
    },
    close: (id) => document.getElementById(id)?.close?.(),
    drawer: (name) => {
      const drawer = document.querySelector(`.${name}`);
      if (root.dataset.drawer === name) return delete root.dataset.drawer, giveBack(drawer);
      cameFrom.set(drawer, document.activeElement);
      root.dataset.drawer = name;
      requestAnimationFrame(() => drawer?.querySelector("button,a,input,summary")?.focus({ preventScroll: true }));
    },
    pane: (name) => {
      root.dataset.pane = name;
      if (name === "list") zrg.list?.focus();
    },
    toggle: (names) => {
      const [selector, attribute, focus] = names.split("|");
      const on = document.querySelector(selector)?.toggleAttribute(attribute);
      if (on && focus) document.querySelector(focus)?.focus();
    },
    unpick: () => document.querySelectorAll(".row-pick :checked").forEach((box) => box.click()),
    newest: () => zrg.toNewest?.(true),
    reload: () => location.reload(),
  };
  zrg.run = (what) => {
    const [name, ...rest] = what.split(":");
    actions[name]?.(rest.join(":"));
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-do],[data-closes]");
    if (target?.dataset.do) zrg.run(target.dataset.do);
    if (target?.dataset.closes === "menu") target.closest("[popover]")?.hidePopover?.();
    if (target?.dataset.closes === "drawer" && root.dataset.drawer) zrg.run("drawer:" + root.dataset.drawer);
    if (event.target.matches?.("dialog[open]")) event.target.close(); // the backdrop
    if (event.target.classList?.contains("inbox") && root.dataset.drawer) zrg.run("drawer:" + root.dataset.drawer); // the veil
  });

  // A menu opens under its button, or above it when there is no room.
  const place = (menu) => {
    const seen = (button) => button?.getClientRects().length && button;
    const button = seen(buttonOf(menu)) || seen(document.querySelector('[data-menu="conversation-menu"]')) || document.querySelector(".list");
    if (!button) return;
    const at = button.getBoundingClientRect();
    const box = menu.getBoundingClientRect();
    const below = at.bottom + 6 + box.height <= innerHeight;
    const left = at.left + box.width > innerWidth - 8 ? at.right - box.width : at.left;
    menu.style.left = `${Math.max(8, left)}px`;
    menu.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - 6 - box.height)}px`;
  };
  // The focus moves while the menu opens, not a task later: keys pressed right behind the one that opened it belong to the menu.
  const firstOf = (menu) => menu.querySelector("input,.menu-item");
  document.addEventListener(
    "beforetoggle",
    ({ target, newState }) => {
      if (newState !== "open" || !target.matches?.("[popover]:is(.menu,.sheet)")) return;
      for (const other of target.querySelectorAll("[autofocus]")) other.autofocus = false;
      const first = firstOf(target);
      if (first) first.autofocus = true;
    },
    true,
  );
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.("[popover]:is(.menu,.sheet)")) return;
      const open = event.newState === "open";
      buttonOf(event.target)?.setAttribute("aria-expanded", open);
      if (!open) return;
      // A menu may hold steps only; one with a field in it is read aloud as a small dialog with buttons.
      if (event.target.querySelector("input:not([type=hidden]),select,textarea")) {
        event.target.setAttribute("role", "dialog");
        for (const item of event.target.querySelectorAll("[role^=menuitem]")) item.setAttribute("role", item.ariaChecked ? "checkbox" : "button");
      }
      place(event.target);
      if (!event.target.contains(document.activeElement)) firstOf(event.target)?.focus();
    },
    true,
  );

  // Arrow keys walk a menu and a row of tabs.
  document.addEventListener("keydown", (event) => {
    const group = event.target.closest?.(".menu,[role=tablist]");
    const [back, on] = group?.matches(".menu") ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    if (!group || (event.key !== back && event.key !== on)) return;
    const items = [...group.querySelectorAll(".menu-item:not([hidden]),[role=tab]")];
    const next = items[(items.indexOf(event.target) + (event.key === on ? 1 : -1) + items.length) % items.length];
    next?.focus();
    event.preventDefault();
  });
})();
