/** How much of a thing is tried: the short form is part of `npm test`, the long one is `npm run faults`. */
export function inForm(short: number, long: number): number {
  return process.env.FAULTS_FORM === 'long' ? long : short;
}
