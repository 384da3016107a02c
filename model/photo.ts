/** What a photo may be; told by its first bytes, not by what anybody says of it. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PhotoType = (typeof photoTypes)[number];
export type Photo = { readonly type: PhotoType; readonly bytes: Uint8Array };

/** Enough to see what was found at the door. */
export const photoBytesAtMost = 1_048_576;

const beginnings: readonly { readonly type: PhotoType; readonly at: number; readonly bytes: readonly number[] }[] = [
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] }, // behind `RIFF` and a length
];

/** Undefined when it begins like none of them. */
export function photoTypeOf(photo: Uint8Array): PhotoType | undefined {
  const found = beginnings.find(({ at, bytes }) => bytes.every((byte, i) => photo[at + i] === byte));
  const isRiff = [0x52, 0x49, 0x46, 0x46].every((byte, i) => photo[i] === byte);
  return found?.type === 'image/webp' && !isRiff ? undefined : found?.type;
}
