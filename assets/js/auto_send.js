// What does the threshold under the finger cost? The table of all thresholds came with the page; nothing is asked while it moves.
(() => {
  const shown = {
    share: (value) => `${Math.round(value * 100)} %`,
    wrong_per_week: (value) => value.toFixed(1),
    wrong_at_most: (value) => value.toFixed(1),
    minutes_saved: (value) => Math.round(value).toString(),
  };
  const tell = (slider) => {
    const place = slider.closest(".bill");
    if (!place) return;
    const bill = JSON.parse(slider.dataset.bill || "[]");
    const wanted = Number(slider.value);
    place.querySelector("[data-threshold]").textContent = wanted.toFixed(2);
    const point = bill.find((one) => Math.abs(one.threshold - wanted) < 0.005);
    for (const figure of place.querySelectorAll("[data-figure]")) {
      const word = point ? shown[figure.dataset.figure](point[figure.dataset.figure]) : "–";
      const unknown = point && point.judged === 0 && figure.dataset.figure === "wrong_per_week";
      figure.textContent = unknown ? "unknown" : word;
    }
  };
  document.addEventListener("input", (event) => event.target.matches?.("[data-bill]") && tell(event.target));
  // The slider is drawn after the page has loaded, and anew after a save.
  const look = () => document.querySelectorAll("[data-bill]").forEach((slider) => {
    if (slider.dataset.told === slider.dataset.bill || !Object.keys(slider).some((key) => key.startsWith("__react"))) return;
    slider.dataset.told = slider.dataset.bill;
    tell(slider);
  });
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-bill"] });
  look();
})();
