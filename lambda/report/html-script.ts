/** Filters and copies; the page reads the same without it. Hashed into the page's content security policy. */
export const SCRIPT = `
'use strict';
(() => {
  const form = document.getElementById('filter');
  if (form === null) return;
  const found = [...document.querySelectorAll('details[data-rule]')];
  const groups = [...document.querySelectorAll('section[data-group]')];
  const words = found.map((one) => one.textContent.toLowerCase());
  const shown = document.getElementById('shown');
  const apply = () => {
    const given = new FormData(form);
    const query = given.get('query').toLowerCase().split(/\\s+/).filter(Boolean);
    const wants = (name, value) => given.get(name) === '' || given.get(name) === value;
    let count = 0;
    found.forEach((one, index) => {
      const fits = wants('severity', one.dataset.severity) && wants('rule', one.dataset.rule) && wants('group', one.dataset.group)
        && query.every((word) => words[index].includes(word));
      one.hidden = !fits;
      if (fits) count += 1;
    });
    for (const group of groups) group.hidden = group.querySelector('details:not([hidden])') === null;
    shown.textContent = count === found.length ? '' : count + ' of ' + found.length + ' shown';
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  document.getElementById('open').addEventListener('click', () => {
    const all = found.filter((one) => !one.hidden);
    const open = all.some((one) => !one.open);
    for (const one of all) one.open = open;
  });
  let closed = [];
  addEventListener('beforeprint', () => { closed = found.filter((one) => !one.open); for (const one of closed) one.open = true; });
  addEventListener('afterprint', () => { for (const one of closed) one.open = false; });
  const goTo = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
  };
  addEventListener('hashchange', goTo);
  goTo();
  if (navigator.clipboard === undefined) return;
  for (const button of document.querySelectorAll('button.copy')) button.hidden = false;
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
