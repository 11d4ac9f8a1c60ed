import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { MadeBy } from "#components/legrand/applications/made-by.tsx";
import { SharedHomesForm } from "#components/legrand/third-party-access/shared-homes-form.tsx";
import { GrantedScopes, type GrantedScope } from "#components/legrand/third-party-access/granted-scopes.tsx";
import { Button } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { HomeChoice } from "#lib/legrand/grants/shared-homes.ts";
import type { ThirdParty } from "#lib/legrand/grants/third-party.ts";

export type ShownThirdParty = Omit<ThirdParty, "id" | "grantedScopes" | "sharedHomes"> & {
  /** The homes to choose from, or none if there is no choice. */
  homes: HomeChoice[];
  /** Which homes it may see, in words. */
  seenHomes: string;
  /** Why the form of the homes was refused: no home was ticked. */
  homesError?: string;
  scopes: GrantedScope[];
  /** The base address of the forms that change its access. */
  path: string;
};

/** Shows one application that has access: who made it, what it may do, and how to change that. */
export function ThirdPartyPlate({ thirdParty, now }: { thirdParty: ShownThirdParty; now: Date }) {
  const { clientId, name, scopes, homes, seenHomes, homesError, path } = thirdParty;
  const titleId = `name-${clientId}`;
  return (
    <Plate as="li">
      <section aria-labelledby={titleId}>
        <Who thirdParty={thirdParty} titleId={titleId} now={now} />
        <SharedHomesForm
          id={`homes-${clientId}`}
          name={name}
          titleId={titleId}
          homes={homes}
          seen={seenHomes}
          action={`${path}/homes`}
          error={homesError}
        />
        <GrantedScopes name={name} scopes={scopes} action={`${path}/take-back`} />
        <form
          action={`${path}/remove`}
          className="flex flex-wrap items-center justify-between gap-x-5 gap-y-3 border-t border-border px-5 py-4"
        >
          <p className="text-sm text-ink-muted">Removing the access ends all of it immediately.</p>
          <Button variant="danger-quiet" aria-describedby={titleId}>
            Remove access
          </Button>
        </form>
      </section>
    </Plate>
  );
}

type WhoProps = { thirdParty: ShownThirdParty; titleId: string; now: Date };

function Who({
  thirdParty: { name, vendor, url, logoPath, state, createdAt, lastUsedAt, endsAt },
  titleId,
  now,
}: WhoProps) {
  return (
    <div className="flex gap-4 px-5 py-4">
      <ApplicationLogo name={name} logoPath={logoPath} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <h2 id={titleId} className="text-lg wrap-anywhere">
            {name}
          </h2>
          {state === "suspended" && <Status tone="off">Suspended</Status>}
        </div>
        <p className="text-sm wrap-anywhere text-ink-muted">
          <MadeBy vendor={vendor} url={url} />
        </p>
        <p className="mt-1 text-sm text-ink-muted">
          Access granted <RelativeTime at={createdAt} now={now} />
          {", "}
          {lastUsedAt ? (
            <>
              last used <RelativeTime at={lastUsedAt} now={now} />
            </>
          ) : (
            "never used"
          )}
          .{" "}
          {endsAt ? (
            <>
              The access ends <RelativeTime at={endsAt} now={now} /> at the latest.
            </>
          ) : (
            "The access has expired. To continue, the application has to send you here again."
          )}
        </p>
        {state === "suspended" && (
          <p className="mt-1 text-sm text-ink-muted">
            Its developer has suspended it, so it cannot use this access until they resume it.
          </p>
        )}
      </div>
    </div>
  );
}
