// How old is it now, and what time was that exactly, here and where the lead lives?
(() => {
  const steps = [
    [60, 1, "now"],
    [3600, 60, " m"],
    [86400, 3600, " h"],
    [604800, 86400, " d"],
  ];
  const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
  const long = { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" };

  const ago = (then) => {
    const seconds = (Date.now() - then) / 1000;
    for (const [limit, unit, word] of steps)
      if (seconds < limit) return unit === 1 ? word : Math.max(1, Math.floor(seconds / unit)) + word;
    return short.format(then);
  };

  // Only the text node is touched: React keeps owning the element.
  const freshen = () => {
    for (const time of document.querySelectorAll('time[data-moment="relative"]')) {
      const then = Date.parse(time.dateTime);
      const text = time.firstChild;
      if (!Number.isNaN(then) && text?.nodeType === Node.TEXT_NODE) {
        const word = ago(then);
        if (text.nodeValue !== word) text.nodeValue = word;
      }
    }
  };
  setInterval(() => document.hidden || freshen(), 30000);

  const explain = (event) => {
    const time = event.target.closest?.("time[data-moment]");
    const then = time && Date.parse(time.dateTime);
    if (!then || time.title) return;
    const here = new Intl.DateTimeFormat(undefined, long).format(then);
    const zone = time.dataset.zone;
    const there = zone && new Intl.DateTimeFormat(undefined, { ...long, timeZone: zone }).format(then);
    time.title = there ? `${here} for you\n${there} for them` : here;
  };
  document.addEventListener("mouseover", explain);
})();
