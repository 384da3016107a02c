import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';

/** A green picture of 8 by 8: every tile of the maps of the tests. */
export const greenTile = png(8, [0xa8, 0xd5, 0xa2]);

/** A host of map pictures that remembers what it was asked for, as `z/x/y`. */
export type TileHost = { readonly url: string; readonly asked: Set<string>; close(): void };

export async function tileHost(): Promise<TileHost> {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    asked.add((request.url ?? '').slice(1));
    response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(greenTile);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, close: () => void server.close() };
}

/** A PMTiles archive (version 3) with the same tile everywhere, the green picture unless told, from zoom 0 to `maxZoom`. */
export function archiveOf(tileType: number, maxZoom: number, tile = greenTile, about: object = {}): Buffer {
  const tiles = (4 ** (maxZoom + 1) - 1) / 3;
  const directory = Buffer.from([1, 0, ...varint(tiles), ...varint(tile.length), 1].flat());
  const metadata = Buffer.from(JSON.stringify(about));
  const header = Buffer.alloc(127);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const sizes = [directory.length, metadata.length, 0, tile.length];
  let offset = header.length;
  for (const [i, size] of sizes.entries()) {
    header.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(size), 16 + i * 16);
    offset += size;
  }
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(1n, at);
  const [clustered, noCompression] = [1, 1];
  for (const [i, byte] of [clustered, noCompression, noCompression, tileType, 0, maxZoom].entries())
    header.writeUInt8(byte, 96 + i);
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) header.writeInt32LE(degrees * 10_000_000, 102 + i * 4);
  return Buffer.concat([header, directory, metadata, tile]);
}

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))];
}

function png(sizePx: number, colour: readonly number[]): Buffer {
  const row = [0, ...Array.from({ length: sizePx }, () => colour).flat()];
  const pixels = Buffer.from(Array.from({ length: sizePx }, () => row).flat());
  const [rgb8, size] = [
    [8, 2, 0, 0, 0],
    [0, 0, 0, sizePx],
  ];
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([...size, ...size, ...rgb8])),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
