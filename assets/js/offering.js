// How do chosen free times come into an answer? As words that name their zone; sent with them, they count as offered.
(() => {
  const zrg = (window.zrg ??= {});
  const menu = () => document.getElementById("times-menu");
  const list = () => menu()?.querySelector("[data-times]");
  const MOST = 3;
  let place = null;

  // One stands in the sentence, two are joined, three are a list.
  const words = (times) => (times.length < 3 ? times.join(" or ") : `\n${times.map((time) => `- ${time}`).join("\n")}\n`);

  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target !== menu() || event.newState !== "open") return;
      const editor = document.querySelector(".editor[data-met]");
      place = editor && { editor, from: editor.selectionStart, to: editor.selectionEnd };
      document.querySelector('[data-key="times-load"]')?.click();
    },
    true,
  );
  document.addEventListener("change", ({ target }) => {
    if (!list()?.contains(target)) return;
    const boxes = [...list().querySelectorAll(".check")];
    const full = boxes.filter((box) => box.checked).length >= MOST;
    for (const box of boxes) box.disabled = full && !box.checked;
  });
  const insert = () => {
    const times = [...(list()?.querySelectorAll(".check:checked") ?? [])].map((box) => box.value);
    if (!times.length) return zrg.toast?.("Choose one to three of the times first.");
    const lead = list().dataset.times;
    menu().hidePopover();
    if (!place?.editor.isConnected || place.editor.dataset.words.split(".")[0] !== lead)
      return zrg.toast?.("The field has changed meanwhile; choose the times again.", { tone: "bad" });
    place.editor.setSelectionRange(place.from, place.to);
    zrg.insert(words(times), place.editor);
  };
  document.addEventListener("click", ({ target }) => target.closest?.("[data-insert-times]") && insert());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !list()?.contains(event.target)) return;
    event.preventDefault();
    insert();
  });
})();
