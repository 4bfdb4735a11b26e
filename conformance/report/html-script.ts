/**
 * What scripts add to the page: a filter over the cases, copy buttons, details that open when a link leads into them, and
 * evidence that is open on paper. Everything else works without. Written for browsers, kept as text.
 */
export const SCRIPT = `
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  for (const box of all('.command')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      const text = box.querySelector('pre').textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
      } catch {
        const range = document.createRange();
        range.selectNodeContents(box.querySelector('pre'));
        const selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        button.textContent = 'Selected';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    box.append(button);
  }

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('.finding details:not([open])');
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => { for (const one of opened) one.open = false; });

  const form = document.querySelector('.filter');
  if (!form) return;
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  const groups = all('#cases .group');
  const said = form.querySelector('[role=status]');
  const texts = new WeakMap();
  const textOf = (line) => {
    if (!texts.has(line)) texts.set(line, line.textContent.toLowerCase());
    return texts.get(line);
  };
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = new Set(all('input[type=checkbox]:checked', form).map((box) => box.value));
    const narrowed = words.length > 0 || all('input[type=checkbox]:not(:checked)', form).length > 0;
    let shown = 0;
    for (const group of groups) {
      let some = 0;
      for (const line of all('li', group)) {
        const [status, level] = line.classList;
        const fits = wanted.has(status) && wanted.has(level) && words.every((word) => textOf(line).includes(word));
        if (line.hidden === fits) line.hidden = !fits;
        if (fits) some += 1;
      }
      group.hidden = some === 0;
      group.open = narrowed && some > 0 && some <= 200 && (shown < 400 || group.open);
      shown += some;
    }
    said.textContent = narrowed ? shown + (shown === 1 ? ' case shown' : ' cases shown') : '';
  };
  let timer;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 80); });
  form.addEventListener('reset', () => setTimeout(apply));
})();
`;

/** The text's hash, by which the page's policy lets it in. A test tells the new one after a change. */
export const SCRIPT_HASH = 'sha256-wXb+3njNCxq78uxh1/cD7DVkAqNi+TYXlomj7pxME7g=';
