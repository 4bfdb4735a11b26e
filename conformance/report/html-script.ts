/**
 * What scripts add to the page: a filter over the cases, copy buttons, and details that open when a link leads into
 * them. Everything else works without. Written for browsers, kept as text.
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
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1).split('&')[0]));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

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
    return narrowed;
  };
  // The filter stands in the address, so that it can be sent to somebody: #cases&q=words&off=p,SHOULD
  const keep = () => {
    const off = all('input[type=checkbox]:not(:checked)', form).map((box) => box.value);
    const q = form.elements.search.value;
    const state = (q ? '&q=' + encodeURIComponent(q) : '') + (off.length ? '&off=' + off.join(',') : '');
    if (state || location.hash.includes('&')) history.replaceState(null, '', '#cases' + state);
  };
  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1).split('&').slice(1).join('&'));
    if (!state.has('q') && !state.has('off')) return;
    form.elements.search.value = state.get('q') ?? '';
    const off = (state.get('off') ?? '').split(',');
    for (const box of all('input[type=checkbox]', form)) box.checked = !off.includes(box.value);
    apply();
  };
  addEventListener('hashchange', restore);
  restore();
  let timer;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => { apply(); keep(); }, 80); });
  form.addEventListener('reset', () => setTimeout(() => { apply(); keep(); }));
})();
`;

/** The text's hash, by which the page's policy lets it in. A test tells the new one after a change. */
export const SCRIPT_HASH = 'sha256-R1hVgO3tpGOJgb68aF38AMXSLGOJFD/8FYwiIdpQaOc=';
