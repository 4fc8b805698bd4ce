// What happens to words while they are typed? They are kept in this browser, counted for SMS, and never sent by typing.
(() => {
  const zrg = (window.zrg ??= {});
  // Whoever signs in next in this browser must not find them.
  const place = (editor) => `zrg.words.${editor.closest(".composer")?.dataset.person ?? ""}.${editor.dataset.words}`;

  // GSM 03.38: the characters one septet can say; those of the second table take two. Anything else makes it UCS-2.
  const basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const escaped = "^{}\\[~]|€\f";
  zrg.smsParts = (text) => {
    const plain = [...text].every((sign) => basic.includes(sign) || escaped.includes(sign));
    if (!plain) return { units: text.length, parts: text.length <= 70 ? 1 : Math.ceil(text.length / 67), limit: 70, plain };
    const units = [...text].reduce((sum, sign) => sum + (escaped.includes(sign) ? 2 : 1), 0);
    return { units, parts: units <= 160 ? 1 : Math.ceil(units / 153), limit: 160, plain };
  };

  const recount = (editor) => {
    const counter = document.querySelector("[data-sms-count]");
    if (!counter || editor?.dataset.channel !== "sms") return;
    const { units, parts, plain } = zrg.smsParts(editor.value);
    counter.textContent = `${units} signs · ${parts} SMS`;
    counter.title = plain ? "Plain signs: 160 fit one SMS" : "An emoji or special sign is in it, so only 70 signs fit one SMS";
    counter.dataset.long = parts > 1;
  };

  // Words being typed outlive a draft that arrives meanwhile, unless the person asked for another text or sent theirs.
  let underWay = null;
  const whose = (editor) => editor.dataset.words.split(".").slice(0, 2).join(".");
  const keep = (editor) => {
    const typed = underWay;
    if (!typed || typed.editor === editor || typed.editor.isConnected || typed.at !== whose(editor)) return;
    underWay = null;
    if (!typed.text.trim() || typed.text === editor.value) return;
    const offered = editor.value;
    editor.value = typed.text;
    editor.focus();
    if (!offered) return;
    zrg.offered = () => ((editor.value = offered), editor.dispatchEvent(new Event("input", { bubbles: true })));
    zrg.toast?.("A draft arrived. Your words stay.", { word: "Use the draft", press: zrg.offered, stay: 15000 });
  };

  document.addEventListener("input", (event) => {
    const editor = event.target;
    if (!editor.dataset?.words) return;
    localStorage.setItem(place(editor), JSON.stringify({ base: editor.defaultValue, text: editor.value }));
    underWay = { editor, at: whose(editor), text: editor.value };
    recount(editor);
  });
  // One name per message: a second click on Send carries the same one, so the server sends once.
  zrg.nonce = () => {
    const editor = document.querySelector(".editor");
    return editor ? (editor.dataset.nonce ??= [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")) : "";
  };

  // Kept words come back only over the text they were written on: a newer draft wins.
  const meet = (editor) => {
    editor.dataset.met = "true";
    try {
      const kept = JSON.parse(localStorage.getItem(place(editor)) ?? "null");
      if (kept && kept.base === editor.defaultValue && kept.text) editor.value = kept.text;
    } catch {
      localStorage.removeItem(place(editor));
    }
    keep(editor);
    recount(editor);
    document.dispatchEvent(new CustomEvent("zrg:met", { detail: editor }));
  };
  // A tab counts from the moment it is pressed: until the composer has turned, nothing is typed into the former field and
  // nothing leaves by the former way. What is let go meanwhile is let go by the new way.
  let turning = null;
  const leaving = '[data-key="send"],[data-key="send-at"],[data-later]';
  const turned = (editor) => {
    if (!turning || (editor && editor.dataset.channel !== turning.to)) return;
    const { press, late } = turning;
    clearTimeout(late);
    turning = null;
    if (!editor) return;
    editor.focus();
    if (press) setTimeout(() => document.querySelector('[data-key="send"]:not([disabled])')?.click());
  };
  window.addEventListener(
    "click",
    (event) => {
      const editor = document.querySelector(".editor");
      const tab = event.target.closest?.("[data-turn]");
      if (tab) {
        clearTimeout(turning?.late);
        const turns = editor && editor.dataset.channel !== tab.dataset.turn;
        const giveUp = () => ((turning = null), (editor.readOnly = false));
        turning = turns ? { to: tab.dataset.turn, press: false, late: setTimeout(giveUp, 8000) } : null;
        if (editor) editor.readOnly = turns;
      }
      if (!turning || tab || !event.target.closest?.(leaving) || editor?.dataset.channel === turning.to) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      turning.press = Boolean(event.target.closest('[data-key="send"]'));
    },
    true,
  );

  // Words that were sent are forgotten once their field is gone (the server took them), and come back with an undo.
  let sent = null;
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-key]")?.dataset.key;
    const editor = document.querySelector(".editor");
    if (["send", "undo", "regenerate-now", "discard"].includes(pressed) || event.target.closest?.(".instruction")) underWay = null;
    const leaves = ["send", "send-at"].includes(pressed) || event.target.closest?.("[data-later]");
    if (leaves && editor) underWay = null;
    if (leaves && editor) sent = { editor, place: place(editor), base: editor.defaultValue, text: editor.value };
    if (pressed === "undo" && sent) localStorage.setItem(sent.place, JSON.stringify({ base: sent.base, text: sent.text }));
  });
  const forget = () => {
    if (!sent || sent.gone || sent.editor.isConnected) return;
    localStorage.removeItem(sent.place);
    sent.gone = true;
  };
  // Words of a message that was taken back come into the field once it is there; not over what is typed meanwhile.
  let typedAt = 0;
  zrg.rewrite = (text) => {
    const asked = performance.now();
    const write = () => {
      const editor = document.querySelector(".editor[data-met]");
      if (!editor || typedAt > asked) return;
      editor.value = text;
      editor.dispatchEvent(new Event("input", { bubbles: true }));
      editor.focus();
      typedAt = 0;
    };
    // The field of the draft that waits again stands there two frames later at the latest; who types meanwhile is left alone.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(write, 30)));
  };
  document.addEventListener("input", (event) => event.isTrusted && event.target.dataset?.words && (typedAt = performance.now()), true);

  // Files go to the server as soon as they are chosen; the composer is told their names. One after the other, in order.
  const tell = (words) => {
    const place = document.querySelector("[data-uploading]");
    if (place) place.textContent = words;
  };
  const upload = async (composer, file) => {
    const { workspace, lead } = composer.dataset;
    const query = new URLSearchParams({ clientId: workspace, leadId: lead, name: file.name || "file" });
    const answer = await fetch(`/api/files?${query}`, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error?.code === "too_large" ? `“${file.name}” is larger than 20 MB; send a link instead.` : told.error?.message);
    return told.id;
  };
  zrg.attach = async (files) => {
    const composer = document.querySelector(".composer");
    if (!composer || !files.length || !document.querySelector("[data-pick-files]")) return;
    const ids = [];
    for (const [place, file] of files.entries()) {
      tell(`Taking in ${file.name} (${place + 1} of ${files.length})…`);
      try {
        ids.push(await upload(composer, file));
      } catch (problem) {
        zrg.toast?.(problem.message || `“${file.name}” did not arrive; try again.`, { tone: "bad" });
      }
    }
    tell("");
    const field = document.getElementById("attached");
    if (!ids.length || !field || document.querySelector(".composer")?.dataset.lead !== composer.dataset.lead) return;
    field.value = ids.join(" ");
    document.querySelector('[data-key="attached"]')?.click();
  };
  document.addEventListener("click", (event) => event.target.closest?.("[data-pick-files]") && document.getElementById("pick-files")?.click());
  document.addEventListener("change", (event) => {
    if (event.target.id !== "pick-files") return;
    zrg.attach([...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("paste", (event) => {
    if (!event.target.closest?.(".editor") || !event.clipboardData?.files.length) return;
    event.preventDefault();
    zrg.attach([...event.clipboardData.files]);
  });
  document.addEventListener("dragover", (event) => event.target.closest?.(".composer") && event.dataTransfer?.types.includes("Files") && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!event.target.closest?.(".composer") || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    zrg.attach([...event.dataTransfer.files]);
  });

  // The undo bar counts down by itself; the server alone decides when it is too late.
  const tick = () => {
    const clock = document.querySelector("[data-until]");
    if (!clock) return;
    const left = Math.max(0, Math.ceil((Date.parse(clock.dataset.until) - Date.now()) / 1000));
    const word = !left ? "now" : left < 100 ? `in ${left} s` : left < 5400 ? `in ${Math.round(left / 60)} min` : `on ${zrg.moment(new Date(clock.dataset.until))}`;
    if (clock.textContent !== word) clock.textContent = word;
  };
  setInterval(tick, 250);

  new MutationObserver(() => {
    for (const editor of document.querySelectorAll(".editor[data-words]:not([data-met])")) (meet(editor), turned(editor));
    forget();
    zrg.arrived?.();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-lead"] });
})();
