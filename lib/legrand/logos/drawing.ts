import type { PictureFormat } from "#lib/legrand/logos/sniff-picture.ts";
import type { SvgProblem } from "#lib/legrand/logos/find-svg-problem.ts";

/**
 * What the drawing process receives. `content` is base64, because messages are JSON in both directions: what
 * the process sends back must not be read as anything more.
 */
export type DrawingOrder = { format: PictureFormat; content: string };

/** One drawing, a PNG. */
export type LogoDrawing<Content = Uint8Array> = { size: number; content: Content };

/** Why a picture was not drawn. */
export type DrawingRefusal = SvgProblem | "broken" | "too_wide" | "too_complex" | "invisible" | "busy";

/** The answer of the drawing process. */
export type DrawingAnswer = { drawings: LogoDrawing<string>[] } | { refused: DrawingRefusal };
