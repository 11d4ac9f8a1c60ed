import { seeOther } from "#lib/http/form-post.ts";
import { sealFormNotice, type FormNotice } from "#lib/legrand/form-notice.ts";

/** A mistake of a person stays below; a body beyond is sent by nobody who looked at the form. */
const PLAUSIBLE_BODY_BYTES = 8 * 1024 * 1024;

/**
 * What a notice about a logo belongs to: one state of one draft, so that it is not shown in another tab, or
 * after the next form.
 */
type Of = { id: string; updatedAt: Date };

const seal = ({ id, updatedAt }: Of) => `${id} ${updatedAt.toISOString()}`;

/**
 * The answer to a form whose logo was refused: back to the form, which says why beside the field and has
 * everything else that was typed. A body far too large answers 413 besides, and leads back by itself.
 */
export function answerRefusedLogo(location: string, draft: Of, message: string, bodyBytes: number): Response {
  const cookie = sealFormNotice(location.split(/[?#]/)[0]!, {
    tone: "error",
    fieldErrors: { logo: message },
    typed: { draft: seal(draft) },
  });
  if (bodyBytes <= PLAUSIBLE_BODY_BYTES) return seeOther(location, cookie);
  return new Response(
    `<!doctype html><title>The logo is too large</title><p>${message} <a href="${location.replaceAll("&", "&amp;")}">Back to the form</a>`,
    {
      status: 413,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "set-cookie": cookie,
        refresh: `0; url=${location}`,
      },
    },
  );
}

/**
 * Why the logo of the last form was refused, by the notice of its page; null when it was not, or when the
 * draft changed since.
 */
export function findLogoProblem(notice: FormNotice | null, draft: Of): string | null {
  return notice?.typed?.draft === seal(draft) ? (notice.fieldErrors?.logo ?? null) : null;
}
