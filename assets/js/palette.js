// What does the command palette find, and what does choosing it do? It presses what stands on the page; only people are asked of the server.
(() => {
  const zrg = (window.zrg ??= {});
  const by = (id) => document.getElementById(id);
  const rest = 130; // ms typing must rest before people are looked for
  const shortest = 2;

  // --- what was used lately: names of steps outlive the tab, people do not
  const box = (store, key) => ({
    read: () => {
      try {
        return JSON.parse(store.getItem(key) ?? "[]");
      } catch {
        return [];
      }
    },
    add: (one, same, most) => store.setItem(key, JSON.stringify([one, ...box(store, key).read().filter((other) => !same(other))].slice(0, most))),
  });
  const used = box(localStorage, "zrg.palette");
  const met = box(sessionStorage, "zrg.palette.people");
  const remember = (entry) => {
    used.add(entry.id, (id) => id === entry.id, 40);
    if (entry.person) met.add({ at: source().dataset.workspace, ...entry.person }, (one) => one.lead_id === entry.person.lead_id, 5);
  };

  // --- what there is
  const source = () => by("palette-source");
  const words = (element, inside) => {
    const copy = (inside ? element.querySelector(inside) : null) ?? element;
    const clone = copy.cloneNode(true);
    for (const extra of clone.querySelectorAll("kbd,.count,.unseen,svg")) extra.remove();
    return clone.textContent.trim().replace(/\s+/g, " ");
  };
  const markOf = (element, other) => element.querySelector("[data-icon]")?.dataset.icon ?? other;
  const usable = (element) => !element.disabled && element.ariaDisabled !== "true" && element.ariaHidden !== "true";
  const pressed = (element) => () => element.isConnected && element.click();

  const steps = () =>
    [...document.querySelectorAll(".conversation [data-key],.lead [data-key],.bulk [data-bulk]")]
      .filter((button) => usable(button) && !button.matches(".unseen") && !button.closest(".menu,dialog") && button.checkVisibility?.({ visibilityProperty: true }) !== false)
      .map((button) => {
        const name = button.dataset.bulk ?? button.dataset.key;
        const word = button.ariaLabel ?? words(button, ".word");
        return { id: `${button.dataset.bulk ? "all" : "step"}:${name}`, word, aside: button.dataset.bulk ? "all chosen" : "", group: "This conversation", mark: markOf(button, "bolt"), keys: zrg.keys.shown(name), run: pressed(button) };
      });
  // Whatever stands in a menu can be chosen without opening it.
  const choices = () =>
    [...document.querySelectorAll(".menu")].filter((menu) => !/workspace/.test(menu.id) && !menu.closest("dialog") && !/^row-/.test(menu.id)).flatMap((menu) =>
      [...menu.querySelectorAll(".menu-item")].filter(usable).map((item) => {
        const word = words(item, ":scope > span");
        return { id: `choice:${menu.id}:${word}`, word: word || words(item), aside: menu.ariaLabel ?? "", group: "Steps", mark: markOf(item, "bolt"), keys: zrg.keys.shown(item.dataset.key), run: pressed(item), deep: /filter|sort|view/.test(menu.id) ? 2 : 1 };
      }));
  const views = () =>
    [...document.querySelectorAll(".views .view")].map((view) => ({ id: `view:${words(view)}`, word: words(view, ".clip"), aside: view.querySelector(".count")?.textContent ?? "", group: "Views", mark: markOf(view, "list"), run: pressed(view) }));
  const places = () => [
    ...[...document.querySelectorAll(".rail-link")].map((link) => ({ id: `go:${link.getAttribute("href")}`, word: link.ariaLabel, aside: "", group: "Go to", mark: markOf(link, "list"), keys: zrg.keys.shown(link.dataset.key), run: pressed(link) })),
    ...known().map((place) => ({ id: `go:${place.href}`, word: place.word, also: place.also, aside: isList(place) ? "inbox" : "", group: isList(place) ? "Views" : "Settings", mark: place.mark, run: () => location.assign(place.href), deep: /^\/(settings|\?view=\w+$)/.test(place.href) ? 0 : 1 })),
    ...[...document.querySelectorAll('[data-palette="workspace"]')].map((button) => ({ id: `at:${words(button)}`, word: words(button), aside: "workspace", group: "Workspaces", mark: "building", run: pressed(button) })),
    ...[...document.querySelectorAll(".rail [data-key=keys]")].map((button) => ({ id: "keys", word: "List of keys", aside: "", group: "Go to", mark: "keyboard", keys: zrg.keys.shown("keys"), run: pressed(button) })),
  ];
  // The filters of the list that is on the page; where none is, places lead to lists by their address.
  const sheet = () => {
    const word = (element) => words(element);
    const chips = [...document.querySelectorAll(".list-head .chips .chip,#filter-sheet .chip")].map((chip) => [word(chip), markOf(chip, "filter"), pressed(chip)]);
    const boxes = [...document.querySelectorAll("#filter-sheet label.line")].map((label) => [word(label), "filter", pressed(label)]);
    const choices = [...document.querySelectorAll("#filter-sheet select")].flatMap((select) =>
      [...select.options].map((option) => [`${words(document.querySelector(`label[for="${select.id}"]`))}: ${option.text}`, "filter", () => ((select.value = option.value), select.dispatchEvent(new Event("change", { bubbles: true })))]));
    return [...chips, ...boxes, ...choices].map(([shown, mark, run]) => ({ id: `filter:${shown}`, word: shown, also: "filter narrow", aside: "filter", group: "Filters", mark, run, deep: 1 }));
  };
  const known = () => {
    const may = source().dataset.may ?? "[]";
    const shown = new Set([...document.querySelectorAll(".views .view")].map((view) => words(view, ".clip")));
    const here = (place) => isList(place) && shown.size && (shown.has(place.word) || !/\?view=\w+$/.test(place.href));
    return JSON.parse(source().dataset.places).filter((place) => may.includes(place.needs) && !here(place));
  };
  const local = () => {
    const seen = new Set();
    return [...steps(), ...views(), ...places(), ...sheet(), ...choices()].filter(({ id, word }) => word && !seen.has(id) && seen.add(id));
  };
  const found = (query) => {
    const { workspace_id, query: asked, people, views } = JSON.parse(source().dataset.found || "{}");
    if (workspace_id !== source().dataset.workspace || asked !== query) return null;
    return [...people.map(asPerson), ...(document.querySelector(".views") ? [] : views.map(asSaved))];
  };
  const isList = (place) => place.href.startsWith("/?");
  const asSaved = (view) => ({ id: `saved:${view.id}`, word: view.name, aside: "saved view", group: "Saved views", mark: "star", run: () => location.assign(`/?saved=${view.id}`) });
  const asPerson = (person) => ({ id: `lead:${person.lead_id}`, word: person.name, aside: person.aside, group: "People", person, run: () => openLead(person.lead_id) });
  const openLead = (lead) => {
    const button = document.querySelector('[data-palette="open-lead"]');
    if (!button) return location.assign(`/?view=inbox&leadId=${lead}`);
    for (const row of document.querySelectorAll(".row[data-cursor]")) row.removeAttribute("data-cursor");
    const root = document.documentElement;
    if (document.querySelector(".conversation")?.dataset.lead !== lead) root.dataset.opening = lead;
    root.dataset.pane = "conversation";
    const address = new URL(location.href);
    address.searchParams.set("leadId", lead);
    address.searchParams.delete("draftId");
    history.replaceState(history.state, "", address);
    by("palette-lead").value = lead;
    button.click();
  };

  // --- how well does a word fit? Letters in order; beginnings of words and neighbours count more. Gives the places that fit.
  const fit = (query, word) => {
    const low = word.toLowerCase();
    const whole = low.indexOf(query);
    if (whole >= 0) return { score: 100 - whole + (whole === 0 || /\W/.test(low[whole - 1]) ? 60 : 0) - word.length / 10, at: [...query].map((_, step) => whole + step) };
    const at = [];
    let score = 0;
    for (const sign of query.replaceAll(" ", "")) {
      const from = at.length ? at.at(-1) + 1 : 0;
      const starts = [...low.matchAll(/(?<=^|[^\p{L}\p{N}])[\p{L}\p{N}]/gu)].map((one) => one.index).find((index) => index >= from && low[index] === sign);
      const next = low[from] === sign ? from : starts ?? low.indexOf(sign, from);
      if (next < 0) return null;
      score += next === from && at.length ? 8 : next === starts ? 10 : 1 - Math.min(4, next - from);
      at.push(next);
    }
    return score >= 6 * at.length ? { score, at } : null;
  };
  const ranked = (query) => {
    const recent = used.read();
    const bonus = ({ id }) => (recent.includes(id) ? 14 - Math.min(12, recent.indexOf(id)) : 0);
    const scored = local().flatMap((entry) => {
      const shown = fit(query, entry.word);
      const score = shown?.score ?? Math.max(...[entry.aside, entry.also].map((other) => (other && fit(query, other)?.score || 0) - 30));
      return score > 0 ? [{ ...entry, at: shown?.at, score: score + bonus(entry) - 10 * (entry.deep ?? 0) }] : [];
    });
    const best = scored.sort((one, other) => other.score - one.score).slice(0, 24);
    const order = [...new Set(best.map(({ group }) => group))];
    return best.sort((one, other) => (other.score >= 120) - (one.score >= 120) || order.indexOf(one.group) - order.indexOf(other.group));
  };
  const unasked = () => {
    const there = local().filter((entry) => !entry.deep);
    const recent = used.read();
    const people = met.read().filter((one) => one.at === source().dataset.workspace).map(asPerson);
    const lately = [...people, ...local()].filter(({ id }) => recent.includes(id)).sort((one, other) => recent.indexOf(one.id) - recent.indexOf(other.id)).slice(0, 5);
    const ids = new Set(lately.map(({ id }) => id));
    return [...lately.map((entry) => ({ ...entry, group: "Lately" })), ...there.filter(({ id }) => !ids.has(id))];
  };

  // --- what is shown
  let shown = [], active = 0, timer = 0, waiting = "", eager = false;
  const query = () => by("palette-field").value.trim().toLowerCase();
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const picture = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `/icons.svg#${name}`);
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  };
  const face = ({ initials, hue }) => make("span", { class: "avatar", "data-size": "s", style: `--hue:${Number(hue)}`, "aria-hidden": "true" }, initials);
  const lit = (word, at = []) => {
    const places = new Set(at);
    return [...word].map((sign, index) => (places.has(index) ? make("mark", {}, sign) : sign));
  };
  const option = (entry, number) =>
    make("div", { role: "option", id: `palette-${number}`, class: "palette-option", "aria-selected": "false", "data-number": number },
      entry.person ? face(entry.person) : picture(entry.mark),
      make("span", { class: "clip palette-word" }, ...lit(entry.word, entry.at)),
      make("span", { class: "clip faint small palette-aside" }, entry.aside ?? ""),
      make("span", { class: "palette-keys", "aria-hidden": "true" }, ...(entry.keys ?? []).map((cap) => make("kbd", { class: "kbd" }, cap))));

  const point = (number) => {
    const field = by("palette-field");
    by("palette-list").querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    active = shown.length ? Math.max(0, Math.min(shown.length - 1, number)) : -1;
    const chosen = by(`palette-${active}`);
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    chosen ? field.setAttribute("aria-activedescendant", chosen.id) : field.removeAttribute("aria-activedescendant");
  };
  const draw = (keepPlace) => {
    const wanted = query();
    const kept = keepPlace ? shown[active]?.id : "";
    const people = wanted.length >= shortest ? found(by("palette-field").value.trim()) : [];
    const here = wanted ? ranked(wanted) : unasked();
    // People stand first once they are there, but never push away what somebody has already moved to.
    const strong = here.filter(({ score, deep }) => score >= 120 && !deep).slice(0, 3);
    shown = wanted ? [...strong, ...(people ?? []), ...here.filter((entry) => !strong.includes(entry))] : here;
    const list = by("palette-list");
    const groups = [];
    for (const entry of shown) (groups.at(-1)?.name === entry.group ? groups.at(-1) : groups[groups.push({ name: entry.group, some: [] }) - 1]).some.push(entry);
    let number = 0;
    list.replaceChildren(...groups.map(({ name, some }) =>
      make("div", { role: "group", "aria-label": name }, make("div", { class: "palette-title", "aria-hidden": "true" }, name), ...some.map((entry) => option(entry, number++)))));
    by("palette-field").setAttribute("aria-expanded", String(shown.length > 0));
    const busy = people === null && wanted.length >= shortest;
    by("palette").toggleAttribute("data-busy", busy);
    by("palette-status").textContent = busy ? "Looking for people…" : shown.length ? (wanted ? `${shown.length} found` : "") : "Nothing found. Try a name, a company or an address.";
    if (eager && !busy) return run(shown[0]);
    const place = kept && active > 0 ? shown.findIndex(({ id }) => id === kept) : 0;
    point(Math.max(0, place));
  };
  const ask = () => {
    clearTimeout(timer);
    const wanted = by("palette-field").value.trim();
    if (wanted.length < shortest || found(wanted)) return;
    timer = setTimeout(() => wanted !== waiting && ((waiting = wanted), document.querySelector('[data-palette="look-up"]')?.click()), rest);
  };
  const run = (entry) => {
    if (!entry) return;
    remember(entry);
    by("palette").close();
    // After focus has gone back, so that a step may take it where it wants.
    requestAnimationFrame(() => entry.run());
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-do="open:palette"]')) {
      const field = by("palette-field");
      field.value = waiting = "";
      eager = false;
      field.focus();
      draw();
    }
    const chosen = event.target.closest?.(".palette-option");
    if (chosen) run(shown[Number(chosen.dataset.number)]);
  });
  document.addEventListener("input", (event) => event.target.id === "palette-field" && ((eager = false), draw(), ask()));
  document.addEventListener("pointermove", (event) => {
    const over = event.target.closest?.(".palette-option");
    if (over && Number(over.dataset.number) !== active && (event.movementX || event.movementY)) point(Number(over.dataset.number));
  }, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (!by("palette")?.open || event.isComposing || event.defaultPrevented) return;
    if (zrg.keys.of(event)?.act === "palette") return by("palette").close(), event.preventDefault();
    const number = shown.length;
    const to = { ArrowDown: (active + 1) % number, ArrowUp: (active - 1 + number) % number, PageDown: active + 6, PageUp: active - 6 }[event.key];
    if (to !== undefined && number) return point(to), event.preventDefault();
    if (event.key !== "Enter" || event.target.id !== "palette-field") return;
    event.preventDefault();
    // Who types a name and presses Enter at once means the person that is still being looked for.
    if (by("palette").hasAttribute("data-busy") && active <= 0 && !(shown[0]?.score >= 120)) return void (eager = true);
    run(shown[active]);
  });
  // People arrive; what stands under the cursor stays there.
  new MutationObserver((changes) => {
    if (by("palette")?.open && changes.some(({ target }) => target.id === "palette-source")) draw(true);
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-found"] });
})();
