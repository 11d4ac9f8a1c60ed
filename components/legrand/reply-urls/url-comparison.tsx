import type { ExplainedReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";
import type { MarkedUrl } from "#lib/legrand/reply-urls/mark-url.ts";

const LOOKS = {
  sent: "bg-danger-soft text-danger",
  registered: "bg-success-soft text-success",
} as const;

type Row = { name: keyof typeof LOOKS; marked: MarkedUrl };

/**
 * Shows the sent reply URL above the registered one, in lines that can be compared character by character.
 * Differing characters have another colour, a bold weight and a line below.
 */
export function UrlComparison({ sent, nearest }: Pick<ExplainedReplyUrl, "sent" | "nearest">) {
  const rows: Row[] = [{ name: "sent", marked: sent }];
  if (nearest) rows.push({ name: "registered", marked: nearest });
  return (
    <div>
      {/* A screen reader does not announce marks, and may stop at each. It reads the whole addresses here. */}
      <p className="sr-only">{rows.map(readAloud).join(" ")}</p>
      <dl className="grid grid-cols-1 gap-x-4 gap-y-2 rounded-control border border-border bg-sunken px-3.5 py-3 sm:grid-cols-[auto_minmax(0,1fr)]">
        {rows.map(({ name, marked }) => (
          <div key={name} className="sm:contents">
            <dt className="text-sm leading-6 text-ink-subtle">{name}</dt>
            <dd className="font-mono text-sm leading-6 wrap-anywhere">
              {marked.pieces.map(({ text, isMarked }, index) =>
                isMarked ? (
                  <mark
                    key={index}
                    className={`rounded-tag font-semibold whitespace-pre-wrap underline decoration-2 underline-offset-4 ${LOOKS[name]}`}
                  >
                    {text}
                  </mark>
                ) : (
                  text
                ),
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function readAloud({ name, marked: { url, pieces } }: Row): string {
  const marked = pieces.filter(({ isMarked }) => isMarked).map(({ text }) => `“${text}”`);
  return `${name === "sent" ? "Sent" : "Registered"}: ${url} ${marked.length ? `(marked: ${marked.join(", ")})` : ""}`;
}
