// How do folded lines of a thread open, and how does a note come into the field where it is edited? Nothing here asks the server.
(() => {
  const lines = (run) => document.querySelectorAll(`.activity[data-run="${CSS.escape(run)}"]`);

  document.addEventListener("click", ({ target }) => {
    const fold = target.closest?.("[data-fold]");
    if (fold) {
      const open = fold.getAttribute("aria-expanded") !== "true";
      fold.setAttribute("aria-expanded", open);
      for (const line of lines(fold.dataset.fold)) line.toggleAttribute("data-open", open);
    }
    const edit = target.closest?.("[data-edit-note]");
    const dialog = document.getElementById("note-edit");
    if (!edit || !dialog) return;
    document.getElementById("note-edit-id").value = edit.dataset.editNote;
    const field = document.getElementById("note-edit-body");
    field.value = edit.dataset.body;
    dialog.showModal();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });

  // Ctrl or Cmd with Enter saves what is edited, not what stands in the composer behind it.
  window.addEventListener(
    "keydown",
    (event) => {
      if (!(event.metaKey || event.ctrlKey) || event.key !== "Enter" || !event.target.closest?.("#note-edit")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      document.querySelector('[data-key="save-note-edit"]')?.click();
    },
    true,
  );
})();
