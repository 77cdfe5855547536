/** Filters, opens, prints and copies; the page reads the same without it. Hashed into the page's content security policy. */
export const SCRIPT = `
'use strict';
(() => {
  const form = document.getElementById('filter');
  if (form === null) return;
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const shown = document.getElementById('shown');
  let index = null;
  // Text is gathered when it is first needed: a page that is only read should open at once.
  const indexed = () => index ??= {
    groups: all('section[data-group]').map((section) => ({ section, found: all('details[data-rule]', section).map((one) => ({ one, text: one.textContent.toLowerCase() })) })),
    places: all('details[data-place]').map((place) => ({
      place,
      name: place.firstElementChild.textContent.toLowerCase(),
      rows: all('tbody[data-row]', place).map((row) => ({ row, text: row.textContent.toLowerCase() })),
    })),
  };
  const apply = () => {
    const given = new FormData(form);
    const query = given.get('query').toLowerCase().split(/\\s+/).filter(Boolean);
    const [severity, rule, group] = ['severity', 'rule', 'group'].map((name) => given.get(name));
    let count = 0;
    let total = 0;
    const { groups, places } = indexed();
    for (const { section, found } of groups) {
      let some = false;
      for (const { one, text } of found) {
        const { dataset } = one;
        const fits = (severity === '' || severity === dataset.severity) && (rule === '' || rule === dataset.rule)
          && (group === '' || group === dataset.group) && query.every((word) => text.includes(word));
        one.hidden = !fits;
        total += 1;
        if (fits) { count += 1; some = true; }
      }
      section.hidden = !some;
    }
    for (const { place, name, rows } of places) {
      let some = false;
      for (const { row, text } of rows) {
        row.hidden = !query.every((word) => name.includes(word) || text.includes(word));
        if (!row.hidden) some = true;
      }
      place.hidden = !some;
    }
    shown.textContent = count === total ? '' : count === 0 ? 'No finding fits. Clear the filter to see all ' + total + '.' : count + ' of ' + total + ' findings shown';
  };
  const visible = () => all('details[data-rule]').filter((one) => !one.hidden && !one.parentElement.hidden);
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  document.getElementById('open').addEventListener('click', () => { for (const one of visible()) one.open = true; });
  document.getElementById('close').addEventListener('click', () => { for (const one of visible()) one.open = false; });
  let closed = [];
  addEventListener('beforeprint', () => { closed = visible().filter((one) => !one.open); for (const one of closed) one.open = true; });
  addEventListener('afterprint', () => { for (const one of closed) one.open = false; });
  const goTo = () => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
  };
  addEventListener('hashchange', goTo);
  goTo();
  if (navigator.clipboard === undefined) return;
  document.body.classList.add('copies');
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button.copy');
    if (button === null) return;
    navigator.clipboard.writeText(button.previousElementSibling.textContent).then(
      () => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = 'Copy'; }, 1500); },
      () => { button.textContent = 'Copying was refused'; },
    );
  });
})();
`;
