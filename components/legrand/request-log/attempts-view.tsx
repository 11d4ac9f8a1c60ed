import { AttemptFilterForm } from "#components/legrand/request-log/attempt-filter-form.tsx";
import { AttemptList } from "#components/legrand/request-log/attempt-list.tsx";
import { ReasonGroups } from "#components/legrand/request-log/reason-groups.tsx";
import { ReferenceForm } from "#components/legrand/request-log/reference-form.tsx";
import { RefreshesItself } from "#components/legrand/request-log/refreshes-itself.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import type { ShownAttempts } from "#lib/legrand/request-log/listed-attempt.ts";

/** Shows the requests of an application: what goes wrong, the latest ones, and one journey or reference. */
export function AttemptsView({ path, shown, now }: { path: string; shown: ShownAttempts; now: Date }) {
  const { attempts, groups, filter, next, typed, error, query } = shown;
  const isJourney = filter.journey !== null;
  return (
    <>
      {groups.length > 0 && <ReasonGroups groups={groups} path={path} now={now} />}
      <section className="grid grid-cols-1 gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="text-md">{titleOf(shown)}</h2>
          {typed === null && <RefreshesItself href={`${path}${query}`} />}
        </div>
        {!isJourney && typed === null && <AttemptFilterForm path={path} filter={filter} />}
        {query && (
          <p>
            <a href={path} className="inline-block min-h-6 pointer-coarse:min-h-11">
              Show all attempts
            </a>
          </p>
        )}
        {attempts.length > 0 ? (
          <AttemptList
            attempts={attempts}
            path={path}
            isJourney={isJourney}
            isOpen={typed !== null}
            now={now}
          />
        ) : (
          <NoAttempts isFiltered={query !== ""} />
        )}
        {next && (
          <nav aria-label="Pages">
            <ButtonLink variant="secondary" href={`${path}${next}`}>
              Older attempts
            </ButtonLink>
          </nav>
        )}
      </section>
      <ReferenceForm path={path} typed={typed ?? ""} error={error} />
      <p className="max-w-text text-sm text-ink-muted">
        Attempts are kept for 30 days, at most 10,000 of them. Codes, tokens, secrets, and data of homes are
        never stored: you see their length only. An account has another name in each application.
      </p>
    </>
  );
}

function titleOf({ filter, typed }: ShownAttempts): string {
  if (typed !== null) return "Look-up";
  return filter.journey ? "One journey, from first to last" : "Latest attempts";
}

function NoAttempts({ isFiltered }: { isFiltered: boolean }) {
  return (
    <p className="max-w-text text-ink-muted">
      {isFiltered
        ? "No attempt matches."
        : "No request has arrived yet. Send a person to the authorization endpoint with this application’s client ID, and the request appears here."}
    </p>
  );
}
