/* Runs in the page (support/fits.ts): what somebody who enlarges the page could not read, reach, or had to scroll both ways for. */
globalThis.whatDoesNotFit = async () => {
  /** Two dimensions by nature (WCAG 1.4.10 excepts them): tables, a week with its hours, maps, drawings. */
  const planar = 'table, [role=table], [data-part=map], [data-part=week], canvas, svg';
  const slackPx = 1.5;
  const nextFrame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const nameOf = (element) => {
    const own = element.closest('[data-do], [name], [data-part], [data-tab-of], [data-row]') ?? element;
    const marks = ['data-do', 'name', 'data-part', 'data-tab-of', 'data-row'].map((mark) => own.getAttribute(mark));
    const said = (element.innerText || element.getAttribute('aria-label') || '').trim().slice(0, 30);
    return `${element.localName}.${element.className?.baseVal ?? element.className} ${marks.filter(Boolean).join(' ')} "${said}"`;
  };
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const isForListenersOnly = (element) => element.closest('.unseen, thead') !== null;
  const isScrolling = (overflow) => overflow === 'auto' || overflow === 'scroll';

  function sidewaysScrollers() {
    const { scrollWidth } = document.documentElement;
    const isWide = scrollWidth > innerWidth;
    const found = isWide ? [`the page scrolls sideways: ${scrollWidth} in ${innerWidth}`] : [];
    for (const element of document.body.querySelectorAll('*')) {
      const sticksOut = isWide && element.getBoundingClientRect().right > innerWidth;
      if (sticksOut && isShown(element)) found.push(`sticks out: ${nameOf(element)}`);
      if (!isScrolling(getComputedStyle(element).overflowX) || !isShown(element)) continue;
      if (element.scrollWidth <= element.clientWidth + slackPx) continue;
      if (element.closest(planar) || element.querySelector(planar) || element.matches('input, textarea, pre')) continue;
      found.push(`scrolls sideways: ${nameOf(element)}`);
    }
    return found;
  }

  /** The part of the page in which `element` can be seen at all, by scrolling or at once; undefined: somebody hides it on purpose. */
  function cutterOf(element, rect) {
    for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const isOut = rect.right > box.right + slackPx || rect.left < box.left - slackPx;
      if (overflowX !== 'visible' && !isScrolling(overflowX) && isOut) return at;
      const isBelow = rect.bottom > box.bottom + slackPx || rect.top < box.top - slackPx;
      if (overflowY !== 'visible' && !isScrolling(overflowY) && isBelow) return at;
      if (isScrolling(overflowX)) return undefined;
    }
    return rect.right > innerWidth + slackPx || rect.left < -slackPx ? document.documentElement : undefined;
  }

  /** Every text that is read, with its element. */
  function* textsShown() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      const element = node.parentElement;
      if (node.data.trim() === '' || !isShown(element) || isForListenersOnly(element)) continue;
      if (!element.closest('option, script, style, [data-part=map]')) yield { node, element };
    }
  }

  function cutWords() {
    const found = [];
    const range = document.createRange();
    for (const { node, element } of textsShown()) {
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const cutter = rect.width > 0 ? cutterOf(element, rect) : undefined;
        if (cutter === undefined) continue;
        found.push(`cut off: "${node.data.trim().slice(0, 40)}" by ${nameOf(cutter)}`);
        break;
      }
    }
    return found;
  }

  /** Short words that go on in the next line without a hyphen. */
  function brokenWords() {
    const found = [];
    const range = document.createRange();
    for (const { node, element } of textsShown()) {
      if (element.closest('table, svg')) continue;
      for (const { 0: word, index } of node.data.matchAll(/\p{Script=Latin}{3,14}/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) found.push(`broken: "${word}" in ${nameOf(element)}`);
      }
    }
    return found;
  }

  /** What lies over the middle of a control that has the focus, and does not belong to it. */
  function coverOf(control) {
    const box = control.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'nothing: the focus does not bring it into sight';
    const top = document.elementFromPoint(x, y);
    if (top === null || control.contains(top) || top.contains(control)) return undefined;
    if (control.labels && [...control.labels].some((label) => label.contains(top))) return undefined;
    return nameOf(top);
  }

  async function coveredControls() {
    const found = [];
    const dialog = document.querySelector('dialog[open]');
    const all = (dialog ?? document).querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    );
    for (const control of all) {
      if (!isShown(control) || control.disabled || control.closest('[inert], [data-part=map]')) continue;
      if (isForListenersOnly(control)) continue;
      control.focus();
      if (document.activeElement !== control) continue;
      await nextFrame();
      const cover = coverOf(control);
      if (cover !== undefined) found.push(`covered: ${nameOf(control)} by ${cover}`);
      control.blur();
      if (control.role === 'combobox') await nextFrame(); // its list closes
    }
    return found;
  }

  /** How much of the height what never moves away takes from what is to be read. */
  function greedyBars() {
    const bars = [...document.body.querySelectorAll('*')].filter((element) => {
      const { position } = getComputedStyle(element);
      if (!isShown(element) || (position !== 'fixed' && position !== 'sticky')) return false;
      return element.closest('table, dialog, [data-part=map]') === null && element.getBoundingClientRect().height > 0;
    });
    const isPanel = (bar) => isScrolling(getComputedStyle(bar).overflowY);
    const heightPx = bars
      .filter((bar) => !isPanel(bar))
      .reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0);
    const share = heightPx / innerHeight;
    return share > 0.5 ? [`bars that stay take ${Math.round(share * 100)} % of the height: ${bars.map(nameOf)}`] : [];
  }

  await nextFrame();
  const seen = [...sidewaysScrollers(), ...cutWords(), ...brokenWords(), ...greedyBars()];
  return [...seen, ...(await coveredControls())];
};
