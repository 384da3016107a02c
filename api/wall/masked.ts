/** `王**`: enough to tell two rows apart on a wall, too little to know who it is. */
export function masked(name: string): string {
  const [first = ''] = name.trim();
  return `${first}**`;
}

/** The same sentence without the name in it. */
export function withoutName(sentence: string, name: string | undefined): string {
  return name === undefined || name === '' ? sentence : sentence.replaceAll(name, masked(name));
}
