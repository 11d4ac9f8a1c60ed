import type { PictureFormat } from "#lib/legrand/logos/sniff-picture.ts";
import type { SvgProblem } from "#lib/legrand/logos/find-svg-problem.ts";

/**
 * What the drawing process is told; `content` is base64, because what comes back from it is read as JSON and
 * nothing more.
 */
export type DrawingOrder = { format: PictureFormat; content: string };

/** One drawing, a PNG. */
export type Drawing<Content = Uint8Array> = { size: number; content: Content };

/** Why a picture was not drawn. */
export type DrawingRefusal = SvgProblem | "broken" | "too_wide" | "too_complex" | "invisible" | "busy";

/** What the drawing process answers. */
export type DrawingAnswer = { drawings: Drawing<string>[] } | { refused: DrawingRefusal };
