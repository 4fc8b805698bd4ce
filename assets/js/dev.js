// How does a part look under the pointer, focused or pressed, without a hand? Each such rule is repeated for data-shown (/dev/ui only).
const states = { ":hover": "hover", ":focus-visible": "focus", ":focus-within": "focus", ":active": "active" };
const repeat = (rules, sheet) => {
  for (let index = rules.length - 1; index >= 0; index--) {
    const rule = rules[index];
    if (rule.styleSheet) repeat(rule.styleSheet.cssRules, rule.styleSheet);
    if (!rule.selectorText || !sheet.insertRule) continue;
    let selector = rule.selectorText;
    for (const [pseudo, state] of Object.entries(states)) selector = selector.replaceAll(pseudo, `[data-shown="${state}"]`);
    if (selector !== rule.selectorText && !rule.selectorText.includes("data-shown")) sheet.insertRule(`${selector}{${rule.style.cssText}}`, index + 1);
  }
};
for (const sheet of document.styleSheets) if (!sheet.href || sheet.href.startsWith(location.origin)) repeat(sheet.cssRules, sheet);
