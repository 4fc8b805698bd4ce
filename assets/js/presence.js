// What does this tab look at, and does somebody type in it? Said in a small request every few seconds; nothing per key.
(() => {
  const zrg = (window.zrg ??= {});
  const LOOKING = 8000, TYPING = 4000, APART = 700; // ms; the server forgets a tab that is silent for 20 s (services/inbox/presence.py)
  const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const marks = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];

  const workspace = () => document.querySelector(".inbox")?.dataset.workspace ?? "";
  const open = () => document.querySelector(".conversation")?.dataset.lead ?? "";
  const types = () => Date.now() - typedAt < TYPING;
  let typedAt = 0, typedIn = "", saidAt = 0, saidTyping = false, lead = "", anew = true, timer = 0, asking = false;

  // The marks of the list are rules, not elements: rows that come and go wear them by themselves.
  const mark = (elsewhere) => {
    const rule = ([id, names]) => {
      const initials = names.split(", ").map((name) => name.split(/\s+/).map((word) => word[0] ?? "").join("").slice(0, 2).toUpperCase());
      return `.row[data-lead="${CSS.escape(id)}"] .row-marks::before{content:${JSON.stringify(initials.join(" "))} / ${JSON.stringify(`${names} here`)}}`;
    };
    marks.replaceSync(Object.entries(elsewhere).map(rule).join("\n"));
  };

  const address = (doing) => `/api/presence?${new URLSearchParams({ clientId: workspace(), leadId: open(), tab, doing, anew: anew ? "1" : "" })}`;
  const say = async () => {
    if (!workspace() || document.hidden || asking) return next(LOOKING);
    const doing = types() && typedIn === open() ? "type" : "look";
    const [place, again] = [address(doing), doing === "type" ? TYPING - 500 : LOOKING];
    asking = true;
    [saidAt, saidTyping, anew] = [Date.now(), doing === "type", false];
    try {
      const answer = await fetch(place, { method: "POST", keepalive: true, signal: AbortSignal.timeout(6000) });
      const told = answer.ok ? await answer.json() : {};
      zrg.heard?.(told.signed_out ? 401 : answer.status);
      if (told.elsewhere) mark(told.elsewhere);
    } catch {
      anew = true;
      zrg.heard?.(0);
    }
    asking = false;
    next(again);
  };
  // At most one request per APART, whatever is pressed; the last wish wins.
  let due = Infinity;
  const next = (wait) => {
    const at = Math.max(Date.now() + wait, saidAt + APART);
    if (at >= due && timer) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => ((due = Infinity), (timer = 0), say()), at - Date.now());
  };
  zrg.sayHere = () => next(0);

  const leave = () => {
    if (workspace() && saidAt) navigator.sendBeacon(address("leave"));
    anew = true;
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : next(0)));

  document.addEventListener("input", (event) => {
    if (!event.isTrusted || !event.target.dataset?.words) return;
    [typedAt, typedIn] = [Date.now(), open()];
    if (!saidTyping) next(0);
  });
  new MutationObserver(() => {
    if (open() === lead) return;
    [lead, anew, saidTyping] = [open(), true, false];
    next(120);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-lead"] });
  next(300);
})();
