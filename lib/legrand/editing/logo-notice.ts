import { seeOther } from "#lib/http/form-post.ts";
import { formNotice, type FormNotice } from "#lib/legrand/portal/form-notice.ts";

/** A user's mistake is smaller than this. A larger body does not come from a user of the form. */
const PLAUSIBLE_BODY_BYTES = 8 * 1024 * 1024;

/**
 * The state of one draft that a notice about a logo belongs to. So the notice is not shown in another tab, or
 * after the next form.
 */
type Of = { id: string; updatedAt: Date };

const seal = ({ id, updatedAt }: Of) => `${id} ${updatedAt.toISOString()}`;

/**
 * Answers a form whose logo was refused with a redirect to the form. The form shows the error next to the
 * field, and keeps everything else that was typed. A far too large body gets a 413 with a page that redirects
 * by itself.
 */
export function answerRefusedLogo(location: string, draft: Of, message: string, bodyBytes: number): Response {
  const cookie = formNotice(location.split(/[?#]/)[0]!).seal({
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
 * Returns why the logo of the last form was refused, from the page's notice. Returns null if it was not, or
 * if the draft has changed since.
 */
export function findLogoProblem(notice: FormNotice | null, draft: Of): string | null {
  return notice?.typed?.draft === seal(draft) ? (notice.fieldErrors?.logo ?? null) : null;
}
