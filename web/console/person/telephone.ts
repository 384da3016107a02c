/** A link that dials. */
export function telephone(number: string): string {
  return `tel:${number.replaceAll(/[^+0-9]/g, '')}`;
}
