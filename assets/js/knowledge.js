// How do files become knowledge, and how does one come from a memory to the message it is from?
(() => {
  const zrg = (window.zrg ??= {});
  const tell = (words) => {
    const place = document.querySelector("[data-taking-in]");
    if (place) place.textContent = words;
  };
  const upload = async (workspace, file) => {
    const query = new URLSearchParams({ clientId: workspace, name: file.name || "file" });
    const answer = await fetch(`/api/knowledge/files?${query}`, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } });
    if (answer.ok) return;
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.error?.code === "too_large" ? `“${file.name}” is larger than 12 MB. Upload the part that matters.` : told.error?.message);
  };
  // One after the other, in order; the list shows each as soon as it is there.
  const takeIn = async (files) => {
    const place = document.querySelector("[data-knowledge]");
    if (!place || !document.querySelector("[data-take-in]")) return;
    for (const [number, file] of files.entries()) {
      tell(`Taking in ${file.name} (${number + 1} of ${files.length})…`);
      try {
        await upload(place.dataset.knowledge, file);
        document.querySelector("[data-taken-in]")?.click();
      } catch (problem) {
        zrg.toast?.(problem.message || `“${file.name}” did not arrive; try again.`, { tone: "bad" });
      }
    }
    tell("");
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-take-in]")) document.getElementById("knowledge-files")?.click();
    const link = event.target.closest?.("[data-to-message]");
    if (!link) return;
    event.preventDefault();
    const message = document.getElementById(link.hash.slice(1));
    if (!message) return zrg.toast?.("That reply stands further up: show earlier messages first.");
    message.scrollIntoView({ block: "center", behavior: "smooth" });
    message.animate?.([{ opacity: 0.35 }, { opacity: 1 }], 900);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "knowledge-files") return;
    takeIn([...event.target.files]);
    event.target.value = "";
  });
  const over = (event) => event.target.closest?.("[data-knowledge]") && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => over(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!over(event)) return;
    event.preventDefault();
    takeIn([...event.dataTransfer.files]);
  });
})();
