// What came into the conversation while somebody wrote here? Words know over what they were begun; a send over news asks once.
(() => {
  const zrg = (window.zrg ??= {});
  const composer = () => document.querySelector(".composer");
  const editor = () => document.querySelector(".editor");
  const place = (field) => `zrg.over.${field.dataset.words.split(".").slice(0, 2).join(".")}`;
  const now = (box) => ({ seen: box.dataset.seen, came: box.dataset.came });

  // Words that were begun before a reload, a turn to another tab or a new draft are as old as they were.
  const begun = (field) => {
    try {
      return JSON.parse(sessionStorage.getItem(place(field)) ?? "null");
    } catch {
      return null;
    }
  };
  const keep = (field) => {
    const kept = field.value.trim() ? JSON.stringify(field.zrgOver) : "";
    if (kept === field.zrgKept) return;
    field.zrgKept = kept;
    kept ? sessionStorage.setItem(place(field), kept) : sessionStorage.removeItem(place(field));
  };
  const over = (field, box) => {
    if (field.zrgOver) return field.zrgOver;
    const former = field.value.trim() ? begun(field) : null;
    return (field.zrgOver = former ?? now(box));
  };

  const look = () => {
    const [box, field] = [composer(), editor()];
    if (!box || !field?.dataset.met || field.dataset.channel === "note") return;
    const known = over(field, box);
    // One's own answers, and what comes in over an empty field, are seen as they come.
    if (known.came === box.dataset.came || !field.value.trim()) field.zrgOver = now(box);
    const warns = field.zrgOver.came !== box.dataset.came;
    box.toggleAttribute("data-warned", warns);
    if (!warns) box.removeAttribute("data-asks");
    keep(field);
  };
  zrg.madeFrom = () => {
    const field = editor();
    return field ? `${field.dataset.words}|${field.zrgOver?.seen ?? ""}` : "";
  };

  let pressed = null;
  const leaving = '[data-key="send"],[data-key="send-at"],[data-later]';
  const answers = {
    read: () => {},
    write: () => (composer()?.removeAttribute("data-asks"), editor()?.focus()),
    send: () => {
      const [box, field] = [composer(), editor()];
      field.zrgOver = now(box);
      look();
      (pressed?.isConnected ? pressed : document.querySelector('[data-key="send"]'))?.click();
    },
  };
  addEventListener(
    "click",
    (event) => {
      const answer = event.target.closest?.("[data-came-do]");
      if (answer) return void answers[answer.dataset.cameDo]();
      const target = event.target.closest?.(leaving);
      const box = composer();
      if (!target || !box?.hasAttribute("data-warned")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = target;
      box.setAttribute("data-asks", "");
      box.querySelector('[data-came-do="write"]')?.focus();
    },
    true,
  );
  addEventListener("keydown", (event) => event.key === "Escape" && event.target.closest?.(".came-ask") && answers.write());
  document.addEventListener("input", (event) => event.target.dataset?.words && look());
  new MutationObserver(look).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-seen", "data-came", "data-met"],
  });
})();
