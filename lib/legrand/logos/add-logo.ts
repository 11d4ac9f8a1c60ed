import { createHash } from "node:crypto";

import { drawLogo } from "#lib/legrand/logos/draw-logo.ts";
import type { LogoDrawing, DrawingRefusal } from "#lib/legrand/logos/drawing.ts";
import { LOGO_MAX_BYTES, LOGO_MAX_PIXELS, UNUSED_LOGO_LIMIT } from "#lib/legrand/logos/logo-constants.ts";
import { sniffPicture } from "#lib/legrand/logos/sniff-picture.ts";
import { addDrawings, boundUnusedDrawings } from "#lib/legrand/logos/store.ts";

type Refusal = DrawingRefusal | "empty" | "too_large" | "format";

/** The result of an upload: the path of the logo, or why it was refused, with a message for the user. */
export type AddedLogo = { ok: true; logoPath: string } | { ok: false; reason: Refusal; message: string };

const SENTENCES: Record<Refusal, string> = {
  empty: "The file is empty. Choose a picture.",
  too_large: "The file is larger than 1 MB. Choose a smaller one.",
  format:
    "The file is not a PNG, JPEG, WebP or SVG, even if its name says so. Choose a picture in one of these formats.",
  broken: "The picture is damaged, or has extra data after its end. Save it again, then choose it again.",
  too_wide: `The picture is larger than ${LOGO_MAX_PIXELS.toLocaleString("en")} × ${LOGO_MAX_PIXELS.toLocaleString("en")} pixels. Make it smaller.`,
  too_complex: "The picture takes too long to draw. Save a simpler one, or a PNG.",
  invisible: "Nothing of the picture can be seen: it is transparent everywhere. Choose another one.",
  entities: "The SVG declares entities. Save it again as plain SVG, or as PNG.",
  refers:
    "The SVG contains pictures, scripts or references to other files. Save it again with shapes only, or as PNG.",
  busy: "Too many logos are being drawn at this moment. Try again in a few seconds.",
};

const refuseLogo = (reason: Refusal): AddedLogo => ({ ok: false, reason, message: SENTENCES[reason] });

/**
 * Redraws an uploaded logo in fixed sizes and stores the drawings, under the digest of their pixels. Returns
 * the path of the middle size. Nothing of the file itself is kept: no metadata, no name, no byte.
 */
export async function addLogo(bytes: Uint8Array): Promise<AddedLogo> {
  if (bytes.length === 0) return refuseLogo("empty");
  if (bytes.length > LOGO_MAX_BYTES) return refuseLogo("too_large");
  const format = sniffPicture(bytes);
  if (!format) return refuseLogo("format");
  const outcome = await drawLogo(bytes, format);
  if ("refused" in outcome) return refuseLogo(outcome.refused);
  const digest = digestOf(outcome.drawings);
  await addDrawings(digest, outcome.drawings);
  await boundUnusedDrawings(UNUSED_LOGO_LIMIT);
  return { ok: true, logoPath: `/legrand/logos/${digest}-128.png` };
}

function digestOf(drawings: LogoDrawing[]): string {
  const hash = createHash("sha256");
  for (const { content } of drawings) hash.update(content);
  return hash.digest("hex");
}
