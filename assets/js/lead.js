// How is a value of the lead changed where it stands? A field takes its place; Enter or leaving it saves, Escape leaves it be.
(() => {
  const zrg = (window.zrg ??= {});
  let open = null; // the one edit: what was seen when it began travels with it, whatever the panel learns meanwhile

  const close = (hands) => {
    if (!open) return;
    const { cell, slot, button } = open;
    open = null;
    slot.replaceChildren();
    cell.removeAttribute("data-editing");
    if (hands) button.focus();
  };

  const begin = (button) => {
    close();
    const cell = button.closest("[data-field]");
    const slot = cell.querySelector(".value-slot");
    const { edit, value, lead, at, kind, word } = button.dataset;
    const field = Object.assign(document.createElement("input"), { className: "field", value, maxLength: 300, autocomplete: "off", spellcheck: false });
    field.setAttribute("aria-label", word);
    if (kind === "zone") field.setAttribute("list", zones());
    else if (kind !== "text") field.inputMode = kind;
    open = { cell, slot, button, field, name: edit, told: { lead, field: edit, seen: value, at }, sent: false, hands: false };
    slot.append(field);
    cell.setAttribute("data-editing", "");
    field.focus();
    field.select();
  };

  const save = (hands) => {
    if (!open || open.sent) return;
    const value = open.field.value.trim().replace(/\s+/g, " ");
    if (value === open.told.seen) return close(hands);
    open.sent = true;
    open.hands = hands;
    open.field.readOnly = true;
    for (const [name, said] of Object.entries({ ...open.told, value })) document.getElementById(`lead-edit-${name}`).value = said;
    document.getElementById("lead-save").click();
  };

  zrg.leadEdit = {
    done: (name) => open?.name === name && open.sent && close(open.hands),
    refused: (name) => {
      if (open?.name !== name) return;
      open.sent = open.field.readOnly = false;
      open.field.setAttribute("aria-invalid", "true");
      open.field.setAttribute("aria-describedby", `problem-${name}`);
      open.field.focus();
    },
  };

  // The names of the zones, made once and only when somebody edits one.
  const zones = () => {
    if (!document.getElementById("zones")) {
      const list = Object.assign(document.createElement("datalist"), { id: "zones" });
      list.append(...(Intl.supportedValuesOf?.("timeZone") ?? []).map((zone) => new Option("", zone)));
      document.body.append(list);
    }
    return "zones";
  };

  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.(".value[data-field]");
    if (!cell || event.target.closest("a,input,select,.value-conflict,.value-problem")) return;
    const button = cell.querySelector("[data-edit]");
    if (button && !cell.hasAttribute("data-editing")) begin(button);
  });
  document.addEventListener("focusout", (event) => event.target === open?.field && save(false));
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== open?.field || event.isComposing) return;
      if (event.key === "Enter") event.preventDefault(), save(true);
      else if (event.key === "Escape") event.preventDefault(), event.stopPropagation(), close(true);
    },
    true,
  );

  // Their wall clock, right while the panel stays open.
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const text = clock.firstChild;
      if (text?.nodeType !== 3 || !clock.dataset.clock) continue;
      try {
        const now = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.clock }).format();
        if (text.data !== now) text.data = now;
      } catch {} // a zone this browser does not know keeps what the server said
    }
  };
  setInterval(() => document.hidden || tick(), 15000);
})();
