import type { ReactNode } from "react";

import { Plate } from "#components/ui/plate.tsx";
import type { BulkFailure } from "#lib/connect/admin/actions/bulk-revocation.ts";

type BulkFailuresProps = {
  failures: BulkFailure[];
  nextHref: string | null;
  /** The button that retries them. */
  again: ReactNode;
};

/** Lists the accounts that could not be revoked, and why. They are still connected. */
export function BulkFailures({ failures, nextHref, again }: BulkFailuresProps) {
  return (
    <section aria-labelledby="failures" className="grid grid-cols-1 gap-3">
      <h2 id="failures" className="text-md">
        Failures
      </h2>
      <p className="max-w-text text-sm text-ink-muted">These accounts are connected as before.</p>
      <Plate>
        <ul aria-labelledby="failures" className="divide-y divide-border">
          {failures.map(({ accountId, name, failure }) => (
            <li key={accountId} className="grid grid-cols-1 gap-1 px-5 py-3.5 wrap-anywhere">
              <a href={`/admin/linked-accounts/${accountId}`} className="font-medium">
                {name ?? "A deleted account"}
              </a>
              <span className="text-sm text-ink-muted">{failure}</span>
            </li>
          ))}
        </ul>
      </Plate>
      <div className="flex flex-wrap items-center gap-4">
        {again}
        {nextHref && (
          <a href={nextHref} rel="next">
            More failures
          </a>
        )}
      </div>
    </section>
  );
}
