// What was changed in a draft? Its words beside those that stand in the field now, differences marked; one press goes back.
(() => {
  const zrg = (window.zrg ??= {});
  const MOST = 2000; // words compared one by one; beyond that only what is the same at both ends
  const field = () => document.querySelector(".editor[data-met]");
  const isDraft = (editor) => editor?.dataset.words.split(".").length === 4;
  const original = (editor) => editor.dataset.original || editor.defaultValue;

  // The longest common run of words; what is left over was taken out or put in.
  zrg.compare = (before, after) => {
    const [a, b] = [before, after].map((text) => text.match(/\s+|[^\s]+/g) ?? []);
    let head = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head++;
    let tail = 0;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
    const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
    const kept = left.length * right.length <= MOST * MOST ? common(left, right) : [new Set(), new Set()];
    const marked = (words, all, mine) => all.map((word, place) => [word, place < head || place >= head + words.length || mine.has(place - head)]);
    return [marked(left, a, kept[0]), marked(right, b, kept[1])];
  };
  const common = (a, b) => {
    const wide = b.length + 1;
    const longest = new Uint16Array((a.length + 1) * wide);
    for (let i = a.length - 1; i >= 0; i--)
      for (let j = b.length - 1; j >= 0; j--)
        longest[i * wide + j] = a[i] === b[j] ? longest[(i + 1) * wide + j + 1] + 1 : Math.max(longest[(i + 1) * wide + j], longest[i * wide + j + 1]);
    const [inA, inB] = [new Set(), new Set()];
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) (inA.add(i++), inB.add(j++));
      else longest[(i + 1) * wide + j] >= longest[i * wide + j + 1] ? i++ : j++;
    }
    return [inA, inB];
  };

  // Runs of changed words are one mark, the spaces between them too.
  const draw = (place, words, tag) => {
    const runs = [];
    words.forEach(([word, same], at) => {
      const bridges = same && !word.trim() && at && !words[at - 1][1] && at + 1 < words.length && !words[at + 1][1];
      const run = runs.at(-1);
      if (run && run.same === (same && !bridges)) run.text += word;
      else runs.push({ same: same && !bridges, text: word });
    });
    place.replaceChildren(...runs.map(({ same, text }) => (same ? document.createTextNode(text) : Object.assign(document.createElement(tag), { textContent: text }))));
  };
  const show = (editor) => {
    const [before, after] = zrg.compare(original(editor), editor.value);
    draw(document.querySelector("[data-edits-before]"), before, "del");
    draw(document.querySelector("[data-edits-after]"), after, "ins");
    document.getElementById("edits").showModal();
  };
  const mark = (editor) => editor.closest(".composer")?.toggleAttribute("data-edited", isDraft(editor) && editor.value !== original(editor));

  document.addEventListener("input", ({ target }) => target.dataset?.words && mark(target));
  document.addEventListener("zrg:met", ({ detail }) => mark(detail));
  document.addEventListener("click", ({ target }) => {
    const editor = field();
    if (!isDraft(editor)) return;
    if (target.closest?.("[data-show-edits]")) show(editor);
    if (!target.closest?.("[data-back-to-original]")) return;
    document.getElementById("edits").close();
    editor.focus();
    editor.select();
    zrg.insert(original(editor), editor);
  });
})();
