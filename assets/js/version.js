// Is this page older than the server, and when is it loaded anew? By itself where nobody writes, else when its person says so.
// Reflex notices it and reloads, or shows a bar of its own when it reloaded a moment ago: that bar gets our words and look.
(() => {
  const zrg = (window.zrg ??= {});
  const root = document.documentElement;
  const LAST = "reflex_last_reloaded_on_error", BAR = "reflex-new-version-banner";

  // Who is in the midst of something is not interrupted when the server comes back as a newer one.
  const isBusy = () => {
    const field = document.activeElement;
    const writes = /^(TEXTAREA|INPUT)$/.test(field?.tagName) && field.type !== "checkbox" && field.value !== field.defaultValue;
    return writes || Boolean(document.querySelector("form[data-dirty],dialog[open]"));
  };
  setInterval(() => root.dataset.line === "cut" && isBusy() && sessionStorage.setItem(LAST, Date.now()), 500);

  const dress = (bar) => {
    bar.dataset.ours = "true";
    bar.removeAttribute("style");
    const place = document.querySelector(".banners");
    bar.className = place ? "banner" : "banner version-bar";
    bar.dataset.tone = "info";
    bar.setAttribute("role", "status");
    const words = Object.assign(document.createElement("span"), { textContent: "A newer version is ready. Answers you have begun are kept." });
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Reload" });
    again.onclick = async () => {
      again.disabled = true;
      await Promise.race([zrg.keepWords?.(), new Promise((go) => setTimeout(go, 1500))]);
      location.reload();
    };
    bar.replaceChildren(words, again);
    place?.append(bar); // last there, so that React finds its own banners where it put them
  };
  new MutationObserver(() => {
    const bar = document.getElementById(BAR);
    if (bar && !bar.dataset.ours) dress(bar);
  }).observe(document.body ?? root, { childList: true });
})();
