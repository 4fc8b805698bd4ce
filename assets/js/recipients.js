// How do addresses become chips? By Enter, a comma or leaving the field, several at once by pasting; a wrong one stays to be mended.
(() => {
  const field = (target) => (target?.matches?.("[data-cc]") ? target : null);
  const isAddress = (word) => /^[^@\s,;<>"]+@[^@\s,;<>"]+\.[^@\s,;<>"]{2,}$/.test(word);
  let usualFor = "";

  const say = (input, words) => {
    const place = document.querySelector("[data-cc-problem]");
    if (place && place.textContent !== words) place.textContent = words;
    words ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  };
  const take = (input) => {
    const good = [];
    const bad = [];
    for (const part of input.value.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean)) {
      const named = part.match(/<([^<>]*)>/);
      const found = named ? [named[1].trim()] : part.split(/\s+/);
      found.every(isAddress) ? good.push(...found) : bad.push(part);
    }
    input.value = bad.join(", ");
    say(input, bad.length ? `“${bad[0].slice(0, 60)}” is not an e-mail address.` : "");
    const out = document.getElementById("cc-found");
    if (!good.length || !out) return !bad.length;
    out.value = good.join(",");
    document.querySelector('[data-key="add-cc"]')?.click();
    return !bad.length;
  };

  document.addEventListener("keydown", (event) => {
    const input = field(event.target);
    if (!input || event.isComposing) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) return void (event.preventDefault(), take(input));
    if (event.key === "," || event.key === ";") return void (event.preventDefault(), take(input));
    if (event.key !== "Backspace" || input.value || event.repeat) return;
    event.preventDefault();
    [...document.querySelectorAll(".cc-pill .icon-button")].at(-1)?.click();
  });
  document.addEventListener("paste", (event) => {
    const input = field(event.target);
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!input || !/[,;\n]|\s\S+@|>/.test(pasted.trim())) return;
    event.preventDefault();
    input.setRangeText(pasted.replace(/\s*\n\s*/g, ", "), input.selectionStart, input.selectionEnd, "end");
    take(input);
  });
  document.addEventListener("input", ({ target, inputType }) => {
    const input = field(target);
    if (!input) return;
    say(input, "");
    // One of the suggestions was chosen.
    if (inputType === "insertReplacementText" || inputType === undefined) take(input);
  });
  document.addEventListener("focusout", ({ target }) => field(target) && target.value.trim() && take(target));
  // Whom colleagues copy is read once per conversation, when it may be wanted.
  document.addEventListener("focusin", ({ target }) => {
    const input = field(target);
    const lead = input?.closest(".composer")?.dataset.lead ?? "";
    if (!input || lead === usualFor) return;
    usualFor = lead;
    document.querySelector('[data-key="cc-usual"]')?.click();
  });
})();
