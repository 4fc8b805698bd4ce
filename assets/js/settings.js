// What is not saved yet, what can be copied, and how are zones and regions called? Nothing here asks the server.
(() => {
  const zrg = (window.zrg ??= {});
  const watched = () => document.querySelector("form[data-watched]");
  const was = (field) => (field.type === "checkbox" ? field.defaultChecked : field.defaultValue);
  const is = (field) => (field.type === "checkbox" ? field.checked : field.value);

  // A form with data-watched carries data-dirty while a field differs from what was loaded, the field data-changed.
  const look = (form) => {
    let dirty = false;
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden") continue;
      const changed = is(field) !== was(field);
      field.toggleAttribute("data-changed", changed);
      dirty ||= changed;
    }
    form.toggleAttribute("data-dirty", dirty);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-watched]");
    if (form) look(form);
  });
  let leaving = false;
  addEventListener("beforeunload", (event) => {
    if (!leaving && watched()?.hasAttribute("data-dirty")) event.preventDefault();
  });
  document.addEventListener("submit", (event) => (leaving = event.target.matches("form[action]")), true);
  // A step that shows another thing in the place of the form asks first.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-leaves]") || !watched()?.hasAttribute("data-dirty")) return;
    if (!confirm("Leave what you wrote unsaved?")) event.stopPropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || !watched()) return;
    event.preventDefault();
    if (watched().hasAttribute("data-dirty")) watched().requestSubmit();
  });
  // A secret goes into its field as soon as the field is drawn, and is kept nowhere else.
  const reveal = (id, secret, tries = 120) => {
    const field = document.getElementById(id);
    if (field?.closest(".fresh")) return void (field.value = secret);
    if (tries) requestAnimationFrame(() => reveal(id, secret, tries - 1));
  };
  zrg.settings = {
    reveal,
    // A link may name a card; it is drawn after the page has loaded.
    toCard: (tries = 60) => {
      const card = /^#provider-[a-z]+$/.test(location.hash) && document.querySelector(location.hash);
      if (card) card.scrollIntoView({ block: "start" });
      else if (location.hash && tries) requestAnimationFrame(() => zrg.settings.toCard(tries - 1));
    },
    toProblem: () => requestAnimationFrame(() => document.querySelector(".setting-panel [aria-invalid=true]")?.focus()),
  };

  // Copy: the whole value beside the button; by hand where the browser keeps the clipboard closed (plain http).
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    const field = button?.parentElement.querySelector("input");
    if (!field) return;
    field.select();
    try {
      await (navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.reject());
    } catch {
      if (!document.execCommand("copy")) return zrg.toast("Press Ctrl C: the text is selected.");
    }
    zrg.toast("Copied.");
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("[data-whole],input[list]")) event.target.select();
    if (event.target.matches?.("input[list]")) fill(document.getElementById(event.target.getAttribute("list")));
  });

  // On a narrow screen the tab of this page may stand outside its row: it is brought into view once the row is drawn.
  new MutationObserver(() => {
    const row = document.querySelector(".setting-tabs:not([data-met])");
    if (!row) return;
    row.dataset.met = "true";
    const tab = row.querySelector("[aria-current=page],[aria-selected=true]");
    if (tab) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }).observe(document.documentElement, { childList: true, subtree: true });

  // Zones and regions are named by the browser, in the reader's language.
  const option = (value, label) => Object.assign(document.createElement("option"), { value, label });
  const clock = (zone) => new Intl.DateTimeFormat(undefined, { timeZone: zone, hour: "2-digit", minute: "2-digit", timeZoneName: "shortOffset" });
  const zones = () =>
    ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) =>
      option(zone, `${zone.split("/").at(-1).replaceAll("_", " ")}, ${clock(zone).format(new Date())}`));
  const regions = (codes) => {
    const names = new Intl.DisplayNames(undefined, { type: "region" });
    return codes.split(" ").map((code) => option(code, names.of(code)));
  };
  const fill = (list) => {
    if (!list || list.childElementCount) return;
    if ("zones" in list.dataset) list.append(...zones());
    if (list.dataset.regions) list.append(...regions(list.dataset.regions));
  };
})();
