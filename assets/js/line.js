// Is the server there? Cut off is shown, what is pressed meanwhile is refused, and a page that comes back stands where it stood.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const SAID_BACK = 6000, FORGETS = 20000;
  const open = () => document.querySelector(".conversation")?.dataset.lead ?? "";
  let beats = true, former = null, backAt = 0, hushed = 0;

  // The socket says it by a mark that React draws; the small requests of presence.js hear it sooner when a network only swallows.
  const isCut = () => !navigator.onLine || !beats || Boolean(document.querySelector("[data-socket-lost]"));
  zrg.heard = (status) => {
    if (status === 401 && !location.pathname.startsWith("/login")) return location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    beats = status !== 0 && ![502, 503, 504].includes(status);
    look();
  };
  const look = () => {
    const cut = isCut();
    if (cut && root.dataset.line !== "cut") {
      root.dataset.line = "cut";
      former = standing();
    }
    if (cut || root.dataset.line !== "cut") return;
    [root.dataset.line, backAt] = ["back", Date.now()];
    setTimeout(() => root.dataset.line === "back" && delete root.dataset.line, SAID_BACK);
    zrg.sayHere?.();
    standAgain(); // the page may have been built anew before the line was known to be back
  };
  addEventListener("offline", look);
  addEventListener("online", () => ((beats = true), look(), zrg.sayHere?.()));

  // Whatever would ask the server is refused while nobody hears it; menus, tabs and typing go on.
  const asks = (element) => {
    for (let node = element; node && node !== root; node = node.parentElement) {
      const props = Object.keys(node).find((key) => key.startsWith("__reactProps"));
      if (props && typeof node[props]?.onClick === "function") return node;
    }
    return null;
  };
  addEventListener(
    "click",
    (event) => {
      if (root.dataset.line !== "cut" || !isCut()) return;
      const asking = asks(event.target);
      if (!asking) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (asking.dataset.key === "sync-quietly" || Date.now() - hushed < 3000) return;
      hushed = Date.now();
      zrg.toast?.("You are cut off, so this was not done. What you typed is kept; press again once you are back.", { tone: "bad" });
    },
    true,
  );

  // A new server process knows nothing of this tab: the address tells it which conversation is open, and we turn to the same tab again.
  const standing = () => {
    const editor = document.querySelector(".editor");
    if (!editor) return null;
    return { lead: open(), channel: editor.dataset.channel, editor, from: editor.selectionStart, to: editor.selectionEnd, focused: document.activeElement === editor };
  };
  const standAgain = () => {
    if (!former || root.dataset.line === "cut" || !backAt) return;
    const editor = document.querySelector(".editor[data-met]");
    if (Date.now() - backAt > FORGETS || (open() && open() !== former.lead)) return void (former = null);
    if (!editor || editor === former.editor || open() !== former.lead) return;
    if (editor.dataset.channel !== former.channel && !former.turned) {
      former.turned = true;
      return document.querySelector(`[data-turn="${former.channel}"]`)?.click();
    }
    if (editor.dataset.channel !== former.channel) return;
    if (former.focused && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName)) (editor.focus(), editor.setSelectionRange(former.from, former.to));
    former = null;
  };
  let told = "", closing = 0;
  const tellAddress = () => {
    if (location.pathname !== "/" || open() === told) return;
    told = open();
    clearTimeout(closing);
    const write = () => {
      const address = new URL(location.href);
      if ((address.searchParams.get("leadId") ?? "") === told) return;
      told ? address.searchParams.set("leadId", told) : address.searchParams.delete("leadId");
      address.searchParams.delete("draftId");
      history.replaceState(history.state, "", address);
    };
    // Nothing is open for a moment whenever a page is built anew.
    told ? write() : (closing = setTimeout(() => root.dataset.line !== "cut" && !open() && write(), 5000));
  };
  new MutationObserver(() => (look(), standAgain(), tellAddress())).observe(root, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-lead", "data-met"],
  });
})();
