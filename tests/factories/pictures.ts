import { crc32, deflateSync } from "node:zlib";

import sharp, { type Sharp } from "sharp";

/** Makes a chunk of a PNG. */
export function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

type Png = { width?: number; height?: number; idat?: Uint8Array; before?: Buffer[] };

/** Makes a black and white PNG by hand. It can claim any size, and have any bytes instead of its pixels. */
export function makePng({ width = 8, height = width, idat, before = [] }: Png = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit of grey a pixel.
  header[8] = 1;
  const pixels = idat ?? deflateSync(Buffer.alloc(height * (Math.ceil(width / 8) + 1)), { level: 9 });
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    ...before,
    chunk("IDAT", pixels),
    chunk("IEND"),
  ]);
}

/** Makes a picture of one colour, as a program would save it. */
export function paint(width: number, height: number, colour = "#c8102e"): Sharp {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

/** Makes a picture in which all pixels differ: the largest file and the slowest decoding for its size. */
export function paintNoise(width: number, height: number): Sharp {
  let seed = 1;
  const data = Buffer.from(
    Uint8Array.from({ length: width * height * 3 }, () => (seed = (seed * 16807) % 2147483647) & 255),
  );
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Makes an SVG as text. */
export const makeSvg = (inside: string, attributes = 'viewBox="0 0 100 100"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;
