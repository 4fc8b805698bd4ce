// How is a snippet put into an answer without leaving the keys? "/" or ";" at the start of a word opens the list; what is typed then
// filters it, Enter puts the words in, filled for the lead who is open and for no other.
(() => {
  const zrg = (window.zrg ??= {});
  const picker = () => document.getElementById("snippet-picker");
  const field = () => document.querySelector(".editor[data-met]");
  const leadOf = (editor) => editor.dataset.words.split(".")[0];
  let place = null; // where the words go: {editor, from, to, typed}

  const shown = () => [...(picker()?.querySelectorAll(".snippet-option") ?? [])].filter((option) => !option.hidden);
  const chosen = () => picker()?.querySelector('.snippet-option[aria-selected="true"]:not([hidden])');
  const choose = (option) => {
    for (const other of picker().querySelectorAll(".snippet-option")) other.setAttribute("aria-selected", other === option);
    option?.scrollIntoView({ block: "nearest" });
    option ? search().setAttribute("aria-activedescendant", option.id) : search().removeAttribute("aria-activedescendant");
  };
  const search = () => picker().querySelector("input");
  const filter = () => {
    const wanted = search().value.trim().toLowerCase().split(/\s+/);
    for (const option of picker().querySelectorAll(".snippet-option")) {
      const said = `${option.dataset.name} ${option.dataset.text}`.toLowerCase();
      option.hidden = !wanted.every((word) => said.includes(word));
    }
    const found = shown();
    // A name that begins as it is typed comes first to the hand.
    const best = found.find((option) => option.dataset.name.toLowerCase().startsWith(wanted.join(" "))) ?? found[0];
    choose(best);
    picker().dataset.none = Boolean(search().value.trim() && !found.length && picker().querySelector(".snippet-option"));
  };
  const put = (option) => {
    const target = place;
    place = null;
    picker().hidePopover();
    if (!option || !target) return;
    const list = document.getElementById("snippet-options");
    if (!target.editor.isConnected || leadOf(target.editor) !== list.dataset.lead)
      return zrg.toast?.("The field has changed meanwhile; choose the snippet again.", { tone: "bad" });
    target.editor.focus();
    target.editor.setSelectionRange(target.from, target.to);
    zrg.insert(option.dataset.text, target.editor);
    const blank = option.dataset.text.match(BLANK);
    if (blank) target.editor.setSelectionRange(target.from + blank.index, target.from + blank.index + blank[0].length);
  };

  document.addEventListener("input", (event) => {
    if (event.target === picker()?.querySelector("input")) return filter();
    const editor = event.target;
    if (!editor.dataset?.words || editor.dataset.channel === "note" || event.inputType !== "insertText" || !/^[/;]$/.test(event.data ?? "")) return;
    const at = editor.selectionStart;
    if (at !== editor.selectionEnd || /\S/.test(editor.value[at - 2] ?? "")) return;
    place = { editor, from: at - 1, to: at, typed: event.data };
    picker()?.showPopover();
  });
  // Before it opens, so that nothing typed meanwhile is lost.
  document.addEventListener("beforetoggle", ({ target, newState }) => {
    if (target !== picker() || newState !== "open") return;
    const editor = field();
    place ??= editor && { editor, from: editor.selectionStart, to: editor.selectionEnd, typed: "" };
    search().value = "";
    filter();
  }, true);
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target !== picker()) return;
      if (event.newState !== "open") {
        // Escape, or a press beside it: what was typed stays.
        const left = place;
        place = null;
        if (left?.editor.isConnected) (left.editor.focus(), left.editor.setSelectionRange(left.to, left.to));
        return;
      }
      document.querySelector('[data-key="snippets-load"]')?.click();
    },
    true,
  );
  // The list arrives after the picker stands open.
  new MutationObserver(() => picker()?.matches(":popover-open") && !chosen() && filter()).observe(document.documentElement, { childList: true, subtree: true });

  const back = (text) => {
    const { editor, from, to } = place;
    place = null;
    picker().hidePopover();
    editor.focus();
    editor.setSelectionRange(from, to);
    zrg.insert(text, editor);
  };
  window.addEventListener(
    "keydown",
    (event) => {
      if (!picker()?.contains(event.target) || event.isComposing) return;
      const typing = event.target === search();
      if (!typing) return;
      const stop = () => (event.preventDefault(), event.stopPropagation());
      // What was typed stands in the answer again: one Escape, where the field of a search would take two and the words with it.
      if (event.key === "Escape") return stop(), place?.typed && search().value ? back(place.typed + search().value) : picker().hidePopover();
      if (place?.typed && !search().value && event.key === " ") return stop(), back(`${place.typed} `);
      if (place?.typed && !search().value && event.key === "Backspace") return stop(), back("");
      if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && chosen())) return stop(), put(chosen());
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      stop();
      const all = shown();
      choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
    },
    true,
  );
  document.addEventListener("pointermove", ({ target }) => target.closest?.(".snippet-option") && choose(target.closest(".snippet-option")));
  document.addEventListener("click", ({ target }) => {
    const option = target.closest?.(".snippet-option");
    if (option) put(option);
    if (target.closest?.('[data-do="open:snippets"]') || target.closest?.(".snippet-picker .menu-item")) (place = null), picker()?.hidePopover();
    const variable = target.closest?.("[data-variable]")?.dataset.variable;
    const words = document.getElementById("snippet-body");
    if (!variable || !words) return;
    words.focus();
    words.setRangeText(`{${variable}}`, words.selectionStart, words.selectionEnd, "end");
  });

  // Blanks nobody filled are named under the field before the server has to refuse them (services/reading/blanks.py).
  const BLANK = /\{\{?\p{L}[\p{L}\p{N}_ .'’/-]{0,40}?\}?\}/u;
  const every = new RegExp(BLANK.source, "gu");
  const name = (editor) => {
    const line = document.querySelector("[data-blanks]");
    if (!line) return;
    const found = editor.dataset.channel === "note" ? [] : [...new Set([...editor.value.matchAll(every)].map((one) => one[0]))].slice(0, 6);
    if (line.dataset.found === found.join()) return;
    line.dataset.found = found.join();
    line.toggleAttribute("data-on", found.length > 0);
    const step = (blank) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "pill", textContent: blank });
      button.onclick = () => {
        const now = field();
        const at = now?.value.indexOf(blank) ?? -1;
        if (at >= 0) (now.focus(), now.setSelectionRange(at, at + blank.length));
      };
      return button;
    };
    line.replaceChildren(...(found.length ? [document.createTextNode("Still to fill in or take out: "), ...found.map(step)] : []));
  };
  document.addEventListener("input", ({ target }) => target.dataset?.words && name(target));
  document.addEventListener("zrg:met", ({ detail }) => name(detail));
})();
