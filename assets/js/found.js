// Where in the open thread does what was searched for stand? Painted over the words; nothing in the page changes.
(() => {
  if (!window.CSS?.highlights) return;
  const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // As the search found it: whole words, and what begins like the last one.
  const pattern = (text) => {
    const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const last = words.pop();
    if (!last) return null;
    const some = [...words.map((word) => `${escaped(word)}(?![\\p{L}\\p{N}])`), escaped(last) + (last.length < 3 && !words.length ? "(?![\\p{L}\\p{N}])" : "[\\p{L}\\p{N}]*")];
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${some.join("|")})`, "giu");
  };
  const paint = () => {
    drawn = 0;
    const wanted = document.querySelector(".list[data-query]")?.dataset.query;
    const sought = wanted && pattern(wanted);
    const ranges = [];
    for (const place of sought ? document.querySelectorAll(".thread .bubble, .conversation-head .head-sub > .clip") : []) {
      const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        for (const { index, 0: { length } } of walk.currentNode.data.matchAll(sought)) {
          const range = new Range();
          range.setStart(walk.currentNode, index);
          range.setEnd(walk.currentNode, index + length);
          ranges.push(range);
        }
      }
    }
    ranges.length ? CSS.highlights.set("found", new Highlight(...ranges)) : CSS.highlights.delete("found");
  };
  let drawn = 0;
  new MutationObserver((changes) => {
    if (!drawn && changes.some(({ type, target }) => type === "attributes" || target.closest?.(".conversation"))) drawn = requestAnimationFrame(paint);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-query"] });
})();
