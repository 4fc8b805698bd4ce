// How are light marks set while an answer is written? By a key or a button of the bar, as plain signs in the field, with the field's own undo.
(() => {
  const zrg = (window.zrg ??= {});
  const takesMarks = (editor) => editor?.dataset.channel === "email";

  // Through the browser's own insertion, so that its undo knows of it.
  const replace = (editor, start, end, text, from = start + text.length, to = from) => {
    editor.focus();
    editor.setSelectionRange(start, end);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      editor.setRangeText(text, start, end, "end");
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    }
    editor.setSelectionRange(from, to);
  };
  zrg.insert = (text, editor = document.querySelector(".editor")) => {
    if (editor) replace(editor, editor.selectionStart, editor.selectionEnd, text);
  };

  // A mark stands tightly around words of one line; around nothing it waits for them.
  const stress = (editor, mark) => {
    let { selectionStart: start, selectionEnd: end, value } = editor;
    const inside = value.slice(start, end);
    if (inside.length > 2 * mark.length && inside.startsWith(mark) && inside.endsWith(mark)) {
      const bare = inside.slice(mark.length, -mark.length);
      return replace(editor, start, end, bare, start, start + bare.length);
    }
    if (value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark)
      return replace(editor, start - mark.length, end + mark.length, inside, start - mark.length, end - mark.length);
    const marked = inside.split("\n").map((line) => {
      const words = line.trim();
      return words || start === end ? line.slice(0, line.length - line.trimStart().length) + mark + words + mark + line.slice(line.trimEnd().length) : line;
    });
    const text = start === end ? mark + mark : marked.join("\n");
    if (start === end) replace(editor, start, end, text, start + mark.length);
    else replace(editor, start, end, text, start, start + text.length);
  };

  const address = /^https?:\/\/\S+$/i;
  const link = (editor) => {
    const { selectionStart: start, selectionEnd: end, value } = editor;
    const words = value.slice(start, end).trim();
    if (address.test(words)) return replace(editor, start, end, `[words](${words})`, start + 1, start + 6);
    const shown = words.replace(/\s+/g, " ") || "words";
    const text = `[${shown}](https://)`;
    const at = start + shown.length + 3;
    replace(editor, start, end, text, words ? at : start + 1, words ? at + 8 : start + 6);
  };

  // Lists and quotes are of whole lines.
  const lines = (editor, prefix, known) => {
    const { value } = editor;
    const start = value.lastIndexOf("\n", editor.selectionStart - 1) + 1;
    const found = value.indexOf("\n", editor.selectionEnd);
    const end = found < 0 ? value.length : found;
    const all = value.slice(start, end).split("\n");
    const has = all.every((line) => known.test(line));
    const text = all.map((line, number) => (has ? line.replace(known, "") : prefix(number) + line.replace(/^(?:[-*•>]|\d{1,2}[.)]) /, ""))).join("\n");
    replace(editor, start, end, text, all.length > 1 ? start : start + text.length, start + text.length);
  };
  const marks = {
    bold: (editor) => stress(editor, "**"),
    italic: (editor) => stress(editor, "_"),
    link,
    bullets: (editor) => lines(editor, () => "- ", /^[-*•] /),
    numbers: (editor) => lines(editor, (number) => `${number + 1}. `, /^\d{1,2}[.)] /),
    quote: (editor) => lines(editor, () => "> ", /^> ?/),
  };

  // A list goes on with the next line, and ends with an empty one.
  const onward = (editor) => {
    const { selectionStart: at, selectionEnd: end, value } = editor;
    const start = value.lastIndexOf("\n", at - 1) + 1;
    const [, sign, words] = value.slice(start, at).match(/^([-*•>]|\d{1,2}[.)]) (.*)$/) ?? [];
    if (!sign || at !== end) return false;
    const next = /\d/.test(sign) ? `${parseInt(sign, 10) + 1}${sign.at(-1)}` : sign;
    words.trim() ? replace(editor, at, at, `\n${next} `) : replace(editor, start, at, "");
    return true;
  };

  const keys = { b: "bold", i: "italic", "shift+k": "link", "shift+digit8": "bullets", "shift+digit7": "numbers", "shift+digit9": "quote" };
  window.addEventListener(
    "keydown",
    (event) => {
      const editor = event.target;
      if (!editor.dataset?.words || !takesMarks(editor) || event.isComposing || event.defaultPrevented || editor.readOnly) return;
      const mod = (event.metaKey || event.ctrlKey) && !event.altKey;
      if (event.key === "Enter" && !mod && !event.shiftKey && onward(editor)) return event.preventDefault();
      const name = mod && (keys[(event.shiftKey ? "shift+" : "") + event.key.toLowerCase()] ?? keys[(event.shiftKey ? "shift+" : "") + event.code.toLowerCase()]);
      if (!name) return;
      event.preventDefault();
      event.stopPropagation();
      marks[name](editor);
    },
    true,
  );
  document.addEventListener("mousedown", (event) => event.target.closest?.("[data-mark],[data-opens-marks]") && event.preventDefault()); // the choice of words stays
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-mark]")?.dataset.mark;
    const editor = document.querySelector(".editor");
    if (name && takesMarks(editor)) marks[name](editor);
  });
  // An address put over words makes a link of them.
  document.addEventListener("paste", (event) => {
    const editor = event.target;
    if (!editor.dataset?.words || !takesMarks(editor)) return;
    const pasted = event.clipboardData?.getData("text/plain").trim() ?? "";
    const words = editor.value.slice(editor.selectionStart, editor.selectionEnd);
    if (!words.trim() || /[\n[\]]/.test(words) || !address.test(pasted) || /[()]/.test(pasted) || address.test(words.trim())) return;
    event.preventDefault();
    replace(editor, editor.selectionStart, editor.selectionEnd, `[${words.trim()}](${pasted})`);
  });
})();
