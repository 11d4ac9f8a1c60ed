/** The kinds of pictures that are taken. */
export type PictureFormat = "png" | "jpeg" | "webp" | "svg";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
/**
 * An XML declaration, comments and a document type may stand before the root; each alternative ends in one
 * way only. No other encodings: what is read here has to be what the decoder reads.
 */
const SVG =
  /^\s*(?:<\?xml\s(?:(?!encoding)[^?])*(?:encoding\s*=\s*["'](?:utf-8|us-ascii|iso-8859-1)["'][^?]*)?\?>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*|<!DOCTYPE\s+svg\b[^<>[\]]*(?:\[(?:<![^<>]*>|\s)*\]\s*)?>\s*)*<svg[\s>/]/i;

/**
 * What the bytes themselves say that they are, or null; neither the name of a file nor its declared type is
 * asked.
 */
export function sniffPicture(bytes: Uint8Array): PictureFormat | null {
  if (startsWith(bytes, PNG)) return "png";
  if (startsWith(bytes, JPEG)) return "jpeg";
  if (latin1(bytes, 0, 4) === "RIFF" && latin1(bytes, 8, 12) === "WEBP") return "webp";
  return SVG.test(textOf(bytes)) ? "svg" : null;
}

/** The text of an SVG; empty when it is not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

const startsWith = (bytes: Uint8Array, magic: number[]) =>
  magic.every((byte, index) => bytes[index] === byte);
const latin1 = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));
