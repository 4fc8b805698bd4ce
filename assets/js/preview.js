// How is a file of a thread looked at without leaving the page? Pictures and PDF open in a dialog, with their neighbours.
(() => {
  const dialog = () => document.getElementById("file-preview");
  const part = (name) => dialog()?.querySelector(`[data-preview-${name}]`);
  const files = () => [...document.querySelectorAll(".thread .file-card[data-preview]:not([data-preview=''])")];
  let at = -1, shown = "";

  const say = (text) => part("stage").replaceChildren(Object.assign(document.createElement("p"), { className: "preview-words", textContent: text }));
  const forget = () => {
    if (shown) URL.revokeObjectURL(shown);
    shown = "";
  };

  const picture = (card) => {
    const image = Object.assign(document.createElement("img"), { alt: card.download, src: `${card.href}&preview=1` });
    image.onerror = () => image.isConnected && say("This picture cannot be shown here. Download it to look at it.");
    part("stage").replaceChildren(image);
  };
  // The bytes are fetched and shown from memory: a link to another site is not followed into our page, and a refusal is told.
  const paper = async (card) => {
    if (navigator.pdfViewerEnabled === false) return say("This browser shows no PDF. Download it to read it.");
    say("Opening…");
    const asked = at;
    const answer = await fetch(card.href, { redirect: "manual" }).catch(() => null);
    const bytes = answer?.ok ? await answer.blob() : null;
    if (asked !== at || !dialog().open) return;
    if (answer?.type === "opaqueredirect") return say("This file is kept on another site. Download it to read it.");
    if (!bytes) return say("The file did not come: it may not be kept any more. Try to download it.");
    if ((await bytes.slice(0, 5).text()) !== "%PDF-") return say("This is not a PDF, whatever its name says. Download it with care.");
    forget();
    shown = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
    part("stage").replaceChildren(Object.assign(document.createElement("iframe"), { title: card.download, src: shown }));
  };

  const show = (place) => {
    const all = files();
    if (!all.length) return;
    at = (place + all.length) % all.length;
    const card = all[at];
    forget();
    document.getElementById("file-preview-title").textContent = card.download;
    part("place").textContent = all.length > 1 ? `${at + 1} of ${all.length}` : "";
    Object.assign(part("download"), { href: card.href, download: card.download });
    for (const turn of dialog().querySelectorAll("[data-preview-turn]")) turn.hidden = all.length < 2;
    card.dataset.preview === "picture" ? picture(card) : paper(card);
  };

  window.addEventListener(
    "click",
    (event) => {
      const turn = event.target.closest?.("[data-preview-turn]");
      if (turn) return show(at + Number(turn.dataset.previewTurn));
      const card = event.target.closest?.(".thread .file-card");
      if (!card?.dataset.preview || !dialog() || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      dialog().showModal();
      show(files().indexOf(card));
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (!dialog()?.open || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    show(at + (event.key === "ArrowRight" ? 1 : -1));
    event.preventDefault();
  });
  document.addEventListener("close", ({ target }) => target.id === "file-preview" && (forget(), (at = -1), part("stage").replaceChildren()), true);
})();
