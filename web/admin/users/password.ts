/** Without letters and digits that people take for each other. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const signsInGroup = 4;

/** Four groups of four, to be read out over the telephone: about 79 bits. */
export function newPassword(): string {
  const group = () => Array.from({ length: signsInGroup }, randomSign).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** Every sign as likely as the others: what falls beyond the last whole round is drawn again. */
function randomSign(): string {
  const fair = 256 - (256 % signs.length);
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return byte < fair ? signs.charAt(byte % signs.length) : randomSign();
}
