/** Enough for a poster, and small enough to be passed on. */
const longestSidePx = 900;
const bytesAtMost = 280_000;
const qualities = [0.85, 0.7, 0.55, 0.4] as const;

/** A picture of any size as a JPEG in base64, small enough to be published; undefined for what is no picture. Its place and time are left behind. */
export async function smallPhoto(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  const shrink = Math.min(1, longestSidePx / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(picture.width * shrink), Math.round(picture.height * shrink)];
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of qualities) {
    const base64 = canvas.toDataURL('image/jpeg', quality).replace(/^data:[^,]*,/, '');
    if (base64.length * 0.75 <= bytesAtMost) return base64;
  }
  return undefined;
}
