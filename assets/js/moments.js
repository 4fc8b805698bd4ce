// How old is it now, and what time was that exactly, here and where the lead lives?
// The server sends instants (`<time data-moment=... datetime=...>`); words are made here, in the reader's own zone and manner.
(() => {
  const form = (options) => new Intl.DateTimeFormat(undefined, options);
  const clock = form({ hour: "2-digit", minute: "2-digit" });
  const date = form({ day: "numeric", month: "short" });
  const dated = form({ day: "numeric", month: "short", year: "numeric" });
  const weekday = form({ weekday: "long", day: "numeric", month: "long" });
  const soon = form({ weekday: "short", hour: "2-digit", minute: "2-digit" });
  const planned = form({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const full = { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
  const sameDay = (one, other) => one.toDateString() === other.toDateString();

  const words = {
    relative(then) {
      const seconds = (Date.now() - then) / 1000;
      if (seconds < 60) return "now";
      if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
      if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
      if (seconds < 604800) return `${Math.floor(seconds / 86400)} d`;
      return (then.getFullYear() === new Date().getFullYear() ? date : dated).format(then);
    },
    ago(then) {
      const minutes = Math.round((Date.now() - then) / 60000);
      if (minutes < 1) return "just now";
      return minutes < 60 ? `${minutes === 1 ? "a minute" : `${minutes} minutes`} ago` : sameDay(then, new Date()) ? `at ${clock.format(then)}` : `on ${planned.format(then)}`;
    },
    ahead(then) {
      const minutes = Math.ceil((then - Date.now()) / 60000);
      if (minutes <= 0) return "now";
      if (minutes === 1) return "within a minute";
      if (minutes < 60) return `in ${minutes} min`;
      return sameDay(then, new Date()) ? `at ${clock.format(then)}` : `on ${planned.format(then)}`;
    },
    clock: (then) => clock.format(then),
    soon: (then) => soon.format(then),
    date: (then) => planned.format(then),
    plain: (then) => (then.getFullYear() === new Date().getFullYear() ? date : dated).format(then),
    day(then) {
      if (sameDay(then, new Date())) return "Today";
      return sameDay(then, new Date(Date.now() - 86400000)) ? "Yesterday" : weekday.format(then);
    },
  };
  (window.zrg ??= {}).moment = words.date;

  // A bare date means that day here, not midnight in Greenwich.
  const read = (time) => new Date(time.dateTime.length === 10 ? `${time.dateTime}T12:00:00` : time.dateTime);

  // Before React has taken over the prerendered page, a word of ours would be a mismatch that makes it start afresh.
  const owned = (element) => Object.keys(element).some((key) => key.startsWith("__react"));

  const moments = "time[data-moment]";
  const say = (time) => {
    const then = read(time);
    const word = Number.isNaN(then.valueOf()) ? "" : (words[time.dataset.moment] ?? words.relative)(then);
    if (time.textContent !== word) time.textContent = word;
  };
  let taken = false; // whether React has taken over every moment that stood there
  const freshen = () => {
    const all = [...document.querySelectorAll(moments)];
    for (const time of all) if (owned(time)) say(time);
    taken = all.length > 0 && all.every(owned);
  };
  // A click draws many things anew, and few of them are moments: only those that came or changed are said.
  const follow = (changes) => {
    if (!taken) return freshen();
    for (const { target, addedNodes } of changes) {
      if (target.matches?.(moments)) say(target);
      for (const node of addedNodes) if (node.matches) for (const time of node.matches(moments) ? [node] : node.querySelectorAll(moments)) say(time);
    }
  };
  setInterval(() => document.hidden || freshen(), 20000);
  document.addEventListener("visibilitychange", () => document.hidden || freshen());
  new MutationObserver(follow).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["datetime", "data-moment"],
  });
  freshen();

  document.addEventListener("mouseover", (event) => {
    const time = event.target.closest?.("time[data-moment]");
    if (!time || time.dateTime.length === 10 || time.dataset.told === time.dateTime) return;
    const then = read(time);
    if (Number.isNaN(then.valueOf())) return;
    const zone = time.dataset.zone;
    const there = zone ? `\n${form({ ...full, timeZone: zone }).format(then)} for them` : "";
    time.title = form(full).format(then) + (there ? ` for you${there}` : "");
    time.dataset.told = time.dateTime;
  });
})();
