/** The accepted picture formats. */
export type PictureFormat = "png" | "jpeg" | "webp" | "svg";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
/**
 * An XML declaration, comments and a document type may precede the root. Each alternative ends in only one
 * way. Other encodings are refused, because this code has to read the same text as the decoder.
 */
const SVG =
  /^\s*(?:<\?xml\s(?:(?!encoding)[^?])*(?:encoding\s*=\s*["'](?:utf-8|us-ascii|iso-8859-1)["'][^?]*)?\?>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*|<!DOCTYPE\s+svg\b[^<>[\]]*(?:\[(?:<![^<>]*>|\s)*\]\s*)?>\s*)*<svg[\s>/]/i;

/** Returns the format that the bytes themselves show, or null. Ignores the file's name and declared type. */
export function sniffPicture(bytes: Uint8Array): PictureFormat | null {
  if (startsWith(bytes, PNG)) return "png";
  if (startsWith(bytes, JPEG)) return "jpeg";
  if (latin1(bytes, 0, 4) === "RIFF" && latin1(bytes, 8, 12) === "WEBP") return "webp";
  return SVG.test(textOf(bytes)) ? "svg" : null;
}

/** Returns the text of an SVG, or an empty string if it is not UTF-8. */
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
