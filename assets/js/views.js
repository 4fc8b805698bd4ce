// What does the address say of the list that is shown, and what stands in its search field?
(() => {
  const zrg = (window.zrg ??= {});
  const field = () => document.getElementById("search");

  // The server has shown `shown`: let the address and the search field say the same, unless somebody types there.
  zrg.view = (shown, names) => {
    const address = new URL(location.href);
    for (const name of names) address.searchParams.delete(name);
    for (const [name, value] of Object.entries(shown)) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
    const search = field();
    if (search && document.activeElement !== search) search.value = shown.q ?? (shown.saved ? search.value : "");
    document.querySelector(".rows")?.scrollTo({ top: 0 });
  };
})();
