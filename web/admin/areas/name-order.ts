const digits = '零一二三四五六七八九';
const collator = new Intl.Collator(undefined, { numeric: true });

/** 第二网格 comes before 第十网格, and "Grid 2" before "Grid 10". Pure. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return collator.compare(withFigures(a.name), withFigures(b.name));
}

/** Chinese numbers up to 99 as figures. */
function withFigures(name: string): string {
  return name.replaceAll(/([一二三四五六七八九])?(十)?([一二三四五六七八九])?/g, (all, tens, ten, ones) => {
    if (all.length === 0) return '';
    if (ten === undefined) return [...all].map((one) => digits.indexOf(one)).join('');
    return String((tens === undefined ? 1 : digits.indexOf(tens)) * 10 + Math.max(0, digits.indexOf(ones ?? '零')));
  });
}
