/** Makes elements from text, never from markup: nothing a device or a person wrote can become part of the page. */

export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

const shapes = {
  P1: () => draw('polygon', { points: '8,1 16,1 23,8 23,16 16,23 8,23 1,16 1,8' }),
  P2: () => draw('polygon', { points: '12,2 23,22 1,22' }),
  P3: () => draw('circle', { cx: 12, cy: 12, r: 11 }),
  P4: () => draw('rect', { x: 2, y: 2, width: 20, height: 20 }),
  P5: () => draw('rect', { x: 2, y: 9, width: 20, height: 6 }),
};

/** Severity as a shape; the word stands beside it. */
export function shapeOf(severity) {
  return draw('svg', { viewBox: '0 0 24 24', class: 'shape', 'aria-hidden': 'true' }, shapes[severity]());
}
