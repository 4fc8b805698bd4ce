// Does a box show what its person wants at once, and what the server says in the end? `data-holds` is the server's word.
(() => {
  const zrg = (window.zrg ??= {});
  const PATIENCE = 1500; // ms in which an answer to an earlier press does not turn a later one back
  const wanted = new WeakMap();
  const isBox = (element) => element.type === "checkbox";
  const isChip = (element) => element.tagName === "BUTTON";
  const shown = (element) => (isBox(element) ? String(element.checked) : isChip(element) ? element.getAttribute("aria-pressed") : element.value);
  const show = (element, value) => {
    if (isBox(element)) element.checked = value === "true";
    else if (isChip(element)) element.setAttribute("aria-pressed", value);
    else element.value = value;
  };
  const follow = (element) => {
    if (shown(element) === element.dataset.holds) return void wanted.delete(element);
    const left = (wanted.get(element) ?? 0) + PATIENCE - Date.now();
    left > 0 ? setTimeout(() => element.isConnected && follow(element), left) : show(element, element.dataset.holds);
  };
  const want = (element) => wanted.set(element, Date.now());

  document.addEventListener("change", ({ target }) => target.dataset?.holds !== undefined && want(target), true);
  // A chip of several, and the one beside them that stands for none.
  document.addEventListener("click", ({ target }) => {
    const chip = target.closest?.("button[data-holds]");
    if (!chip) return;
    const none = chip.parentElement.querySelector("[data-none]");
    const others = [...chip.parentElement.querySelectorAll("button[data-holds]:not([data-none])")];
    const turn = (element, on) => (show(element, String(on)), want(element));
    if (chip !== none) turn(chip, shown(chip) !== "true");
    else for (const other of others) turn(other, false);
    if (none) turn(none, others.every((other) => shown(other) !== "true"));
  }, true);

  // What went wrong is said, and then nothing is shown that does not hold.
  const toast = zrg.toast;
  zrg.toast = (text, said = {}) => {
    if (said.tone === "bad") for (const element of document.querySelectorAll("[data-holds]")) show(element, element.dataset.holds), wanted.delete(element);
    return toast(text, said);
  };

  new MutationObserver((changes) => {
    for (const { target, type } of changes) {
      if (type === "attributes") follow(target);
      else if (target.matches?.("select[data-holds]")) follow(target); // its options came later
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-holds"] });
})();
