// How does a person hear of what they were told: in the tab's title, on the desktop if they want it, and by the note itself?
// The number in the title is the bell's: what they were told and have not seen, replies in conversations of theirs included.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const bell = () => document.querySelector(".rail .bell");
  const isLookedAt = () => document.visibilityState === "visible" && document.hasFocus();

  const title = () => {
    const unread = Number(bell()?.dataset.unread ?? 0);
    const plain = document.title.replace(/^\(\d+\+?\) /, "");
    const wanted = unread ? `(${unread > 99 ? "99+" : unread}) ${plain}` : plain;
    if (document.title !== wanted) document.title = wanted;
  };

  // --- the two switches of this browser
  const place = (name) => `zrg.bell.${name}`;
  const isOn = (name) => localStorage.getItem(place(name)) === "on";
  const mayShow = () => "Notification" in window && Notification.permission === "granted";
  const tell = (words) => {
    const line = document.querySelector("[data-loud-problem]");
    if (line) line.textContent = words;
  };
  const lay = () => {
    for (const box of document.querySelectorAll("[data-loud]")) box.checked = isOn(box.dataset.loud) && (box.dataset.loud !== "desktop" || mayShow());
  };
  document.addEventListener("toggle", ({ target, newState }) => target.id === "bell" && newState === "open" && (tell(""), lay()), true);
  document.addEventListener("change", async ({ target: box }) => {
    const name = box.dataset?.loud;
    if (!name) return;
    tell("");
    if (name === "desktop" && box.checked) {
      if (!("Notification" in window)) tell("This browser shows no desktop notifications.");
      else if ((await Notification.requestPermission()) !== "granted") tell("The browser does not allow it. Allow notifications for this page in its settings, then turn this on again.");
    }
    const on = box.checked && (name !== "desktop" || mayShow());
    box.checked = on;
    localStorage.setItem(place(name), on ? "on" : "off");
  });

  // --- on the desktop: only what arrives while no tab of ours is looked at, once for all tabs of this browser
  let known = null;
  const arrived = () => {
    if (bell()?.dataset.ready !== "true") return [];
    const unread = [...document.querySelectorAll('.bell-item[data-unread="true"]')];
    const name = (item) => `${item.dataset.notification} ${item.querySelector("time")?.dateTime}`;
    const fresh = known ? unread.filter((item) => !known.has(name(item))) : [];
    known = new Set([...(known ?? []), ...unread.map(name)]);
    return fresh;
  };
  const show = (item) => {
    const { notification: id, what, words, name } = item.dataset;
    if (isLookedAt()) return localStorage.setItem(place("seen"), id);
    setTimeout(() => {
      // Another tab of ours may be the one that is looked at; it has said so meanwhile.
      if (!isOn("desktop") || !mayShow() || isLookedAt() || localStorage.getItem(place("seen")) === id) return;
      const shown = new Notification(what, { body: isOn("words") && words ? `${name}: ${words}` : name, tag: id });
      shown.onclick = () => {
        window.focus();
        document.querySelector(`.bell-item[data-notification="${CSS.escape(id)}"]`)?.click();
        shown.close();
      };
    }, 700);
  };

  // --- what was told of the open conversation is seen once the person has looked at it for a moment
  const MOMENT = 2000;
  let looking = "", since = 0, asked = "";
  setInterval(() => {
    const lead = isLookedAt() ? (document.querySelector(".conversation")?.dataset.lead ?? "") : "";
    if (lead !== looking) [looking, since] = [lead, Date.now()];
    const told = lead ? document.querySelectorAll(`.bell-item[data-unread="true"][data-lead="${CSS.escape(lead)}"]`) : [];
    const mark = [...told].map((item) => item.dataset.notification + item.querySelector("time")?.dateTime).join();
    if (!mark || mark === asked || Date.now() - since < MOMENT) return;
    asked = mark;
    document.querySelector('[data-key="bell-seen"]')?.click();
  }, 1000);

  // --- the way to a note: it may still be loading, or stand on an earlier page of a long thread
  zrg.opened = (lead) => {
    root.dataset.pane = "conversation";
    const address = new URL(location.href);
    address.searchParams.set("leadId", lead);
    address.searchParams.delete("draftId");
    history.replaceState(history.state, "", address);
  };
  zrg.toNote = (id) => {
    if (!id) return;
    const until = Date.now() + 15000;
    let pressed = "";
    const look = () => {
      const note = document.getElementById(`message-${id}`);
      if (note) {
        root.dataset.pane = "conversation";
        note.scrollIntoView({ block: "center" });
        note.setAttribute("data-found", "");
        return void setTimeout(() => note.removeAttribute("data-found"), 4000);
      }
      const first = document.querySelector(".thread [data-message]")?.dataset.message ?? "";
      const earlier = document.querySelector('.thread [data-key="earlier"]');
      if (earlier && first !== pressed && Date.now() - until > -13500) [pressed] = [first, earlier.click()];
      if (Date.now() < until) setTimeout(look, 250);
    };
    look();
  };

  new MutationObserver(() => (title(), arrived().forEach(show))).observe(root, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-unread", "data-ready"],
  });
  addEventListener("DOMContentLoaded", () => (title(), lay()));
})();
