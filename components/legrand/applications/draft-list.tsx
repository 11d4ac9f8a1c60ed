import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type Draft = { id: string; name: string; updatedAt: Date; /** The page to continue on. */ href: string };

/** Lists applications that were started and not registered yet. */
export function DraftList({ drafts, now }: { drafts: Draft[]; now: Date }) {
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts" className="mb-3 text-lg">
        Drafts
      </h2>
      <Plate>
        <ul aria-labelledby="drafts" className="divide-y divide-border">
          {drafts.map(({ id, name, updatedAt, href }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-5 gap-y-3 px-5 py-4">
              <div className="min-w-0">
                <h3 id={`draft-${id}`} className="font-semibold wrap-anywhere">
                  {name || "Without a name yet"}
                </h3>
                <p className="text-sm text-ink-muted">
                  last changed <RelativeTime at={updatedAt} now={now} />
                </p>
              </div>
              <form
                method="post"
                action={`/legrand/applications/drafts/${id}/delete`}
                className="flex flex-wrap gap-3"
              >
                <ButtonLink variant="secondary" href={href} aria-describedby={`draft-${id}`}>
                  Continue
                </ButtonLink>
                <Button variant="danger-quiet" aria-describedby={`draft-${id}`}>
                  Delete draft
                </Button>
              </form>
            </li>
          ))}
        </ul>
      </Plate>
    </section>
  );
}
