import type { PictureFormat } from "#lib/legrand/logos/sniff-picture.ts";

/**
 * True if a bitmap ends where its file ends. A file that goes on is two files in one: a picture to this
 * server and, for example, an archive to another program. Data hidden inside a picture is lost when it is
 * redrawn.
 */
export function isOnePicture(bytes: Uint8Array, format: Exclude<PictureFormat, "svg">): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return endOf[format](view) === bytes.length;
}

/** Returns where the picture ends, or NaN if it has no end. */
const endOf = { png: endOfPng, jpeg: endOfJpeg, webp: endOfWebp };

/** PNG: chunks of length, type, data and checksum, the last one IEND (PNG, third edition, §5.3). */
function endOfPng(view: DataView): number {
  for (let at = 8; at + 12 <= view.byteLength;) {
    const next = at + 12 + view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49454e44) return next;
    at = next;
  }
  return NaN;
}

/**
 * JPEG: segments with their lengths. After a scan's header comes the scan, up to a marker that does not
 * belong to it (ITU T.81 §B.1.1).
 */
function endOfJpeg(view: DataView): number {
  for (let at = 2; at + 2 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return NaN;
    const marker = view.getUint8(at + 1);
    if (marker === 0xd9) return at + 2;
    if (marker === 0xff) at += 1;
    else if (at + 4 > view.byteLength) return NaN;
    else
      at =
        marker === 0xda ? endOfScan(view, at + 2 + view.getUint16(at + 2)) : at + 2 + view.getUint16(at + 2);
  }
  return NaN;
}

function endOfScan(view: DataView, at: number): number {
  while (at + 2 <= view.byteLength) {
    const next = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0;
    // A stuffed zero and the restart markers belong to the scan.
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at += next === 0xff ? 1 : view.getUint8(at) === 0xff ? 2 : 1;
  }
  return NaN;
}

/** WebP: RIFF gives its length, padded to an even number (RFC 9649 §2.3). */
function endOfWebp(view: DataView): number {
  const size = view.byteLength >= 12 ? view.getUint32(4, true) : NaN;
  return size + 8 + (size % 2);
}
