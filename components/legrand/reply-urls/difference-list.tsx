import { Notice } from "#components/ui/notice.tsx";
import type { ExplainedReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";

/** Lists what differs by the names of the parts, the probable cause, and a warning if the link may be an attack. */
export function DifferenceList({ differences, cause, warning }: ExplainedReplyUrl) {
  return (
    <>
      <ul className="grid list-disc gap-1 pl-5 text-sm">
        {differences.map(({ part, sentence }) => (
          <li key={sentence} className="wrap-anywhere">
            <b className="font-semibold">{part}:</b> {sentence}
          </li>
        ))}
      </ul>
      {cause && (
        <p className="text-sm">
          <b className="font-semibold">Probable cause:</b> {cause}
        </p>
      )}
      {warning && (
        <Notice tone="warning">
          <p className="text-sm wrap-anywhere">{warning}</p>
        </Notice>
      )}
    </>
  );
}
