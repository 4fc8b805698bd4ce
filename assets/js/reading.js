// Where in a thread is the reader? At the newest message unless they went up; nothing they read moves when pages join or go.
(() => {
  const zrg = (window.zrg ??= {});
  const near = 900; // px from an end at which the next page is asked for
  const find = () => document.querySelector(".thread[data-lead]");
  const press = (name) => document.querySelector(`[data-key="${name}"]:not([disabled])`)?.click();

  // What stands at the top of what is read, and where in the thread: it stays on the screen whatever joins above.
  let anchor = null, lead = null, asked = "", hurried = false;
  const hold = (thread) => {
    const edge = thread.getBoundingClientRect().top;
    const items = thread.children;
    let from = 0, to = items.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      items[middle].getBoundingClientRect().bottom > edge ? (to = middle) : (from = middle + 1);
    }
    const item = items[from]?.matches(".page-button") ? items[from + 1] : items[from];
    anchor = item ? { item, at: item.offsetTop } : null;
  };
  const keep = (thread) => {
    if (!anchor?.item.isConnected) return;
    const moved = anchor.item.offsetTop - anchor.at;
    if (moved) thread.scrollTop += moved;
  };

  const bottom = (thread) => thread.scrollHeight - thread.scrollTop - thread.clientHeight;
  const isAway = (thread) => thread.dataset.later === "true" || bottom(thread) > 160;
  // Each end asks once per page: the mark says which item stood there.
  const ask = (thread) => {
    const wants = thread.scrollTop < near ? "earlier" : thread.dataset.later === "true" && bottom(thread) < near ? "later" : "";
    if (!wants || !thread.querySelector(`[data-key="${wants}"]`)) return;
    const messages = thread.querySelectorAll("[data-message]");
    const mark = `${lead} ${wants} ${messages[wants === "earlier" ? 0 : messages.length - 1]?.dataset.message} ${thread.children.length}`;
    if (mark === asked) return;
    asked = mark;
    press(wants);
  };

  zrg.toNewest = (gently) => {
    const thread = find();
    if (!thread) return;
    hurried = thread.dataset.later === "true";
    if (hurried) press("newest-page");
    else thread.scrollTo({ top: thread.scrollHeight, behavior: gently ? "smooth" : "auto" });
  };
  const look = (thread) => {
    const away = String(isAway(thread));
    const offer = document.querySelector(".to-newest");
    if (thread.dataset.away !== away) thread.dataset.away = away;
    if (offer && offer.hidden !== (away !== "true")) offer.hidden = away !== "true";
  };
  const follow = () => {
    const thread = find();
    if (!thread) return void (lead = anchor = null);
    const other = thread.dataset.lead !== lead;
    lead = thread.dataset.lead;
    const arrived = hurried && thread.dataset.later !== "true";
    if (arrived) hurried = false;
    if (other || arrived || (thread.dataset.away !== "true" && thread.dataset.later !== "true")) zrg.toNewest(false);
    else keep(thread);
    // What is measured first costs one layout; what is written before it costs another.
    hold(thread);
    look(thread);
    ask(thread);
  };
  document.addEventListener(
    "scroll",
    ({ target: thread }) => {
      if (!thread.matches?.(".thread[data-lead]")) return;
      hold(thread);
      look(thread);
      ask(thread);
    },
    true,
  );
  // A picture that comes late makes its message taller (every icon tells of its coming, too, and is as tall as before); who sends from
  // far up wants to see it arrive.
  document.addEventListener("load", ({ target }) => target.matches?.("img") && target.closest(".thread") && follow(), true);
  document.addEventListener("click", ({ target }) => target.closest?.('[data-key="send"]') && find()?.dataset.later === "true" && zrg.toNewest());
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.matches?.(".thread, .thread *, .conversation") || target.querySelector?.(".thread"))) follow();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-lead", "data-later"] });
})();
