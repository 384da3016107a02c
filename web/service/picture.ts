/** From good to small. */
const qualities = [0.82, 0.6, 0.4] as const;

type Limits = { readonly sideAtMostPx: number; readonly bytesAtMost: number };

/**
 * Drawn anew as JPEG: smaller, and without the place that cameras write into their files. One that is still too large at
 * the poorest quality is for the service to refuse. Throws a `DOMException` for what is no picture.
 */
export async function smallerPicture(file: Blob, { sideAtMostPx, bytesAtMost }: Limits): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const shrink = Math.min(1, sideAtMostPx / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * shrink), Math.round(bitmap.height * shrink));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  let picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: qualities[0] });
  for (const quality of qualities.slice(1))
    if (picture.size > bytesAtMost) picture = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return picture;
}
