import type { ReactNode } from "react";

import { Plate } from "#components/ui/plate.tsx";
import { Status } from "#components/ui/status.tsx";
import type { BulkRevocation } from "#lib/connect/admin/actions/bulk-revocation.ts";
import type { BulkProgress } from "#lib/connect/admin/actions/describe-progress.ts";

type BulkProgressPlateProps = {
  bulk: BulkRevocation;
  progress: BulkProgress;
  /** The possible actions, such as stopping it. */
  actions: ReactNode;
};

const format = (amount: number) => amount.toLocaleString("en");

/** Shows the progress as a bar and in numbers. */
export function BulkProgressPlate({ bulk, progress, actions }: BulkProgressPlateProps) {
  const { total, revoked, skipped, failed, left } = bulk;
  const numbers = [
    { word: "Revoked", amount: revoked },
    { word: "Skipped", amount: skipped, title: "Disconnected in another way, or deleted, before their turn" },
    { word: "Failed", amount: failed },
    { word: progress.isRunning ? "Left" : "Not begun", amount: left },
  ];
  return (
    <Plate as="section" aria-labelledby="progress" className="grid grid-cols-1 gap-4 p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="progress" className="text-md">
          Progress
        </h2>
        <Status tone={progress.tone}>{progress.word}</Status>
      </div>
      <progress className="h-3 w-full" aria-label="Progress" value={progress.done} max={Math.max(1, total)} />
      <p className="text-sm text-ink-muted">
        {format(progress.done)} of {format(total)} {total === 1 ? "account" : "accounts"}
        {progress.perMinute !== null && `, about ${format(progress.perMinute)} a minute`}
      </p>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {numbers.map(({ word, amount, title }) => (
          <div key={word} title={title}>
            <dt className="text-sm text-ink-muted">{word}</dt>
            <dd className="text-lg tabular-nums">{format(amount)}</dd>
          </div>
        ))}
      </dl>
      {actions}
    </Plate>
  );
}
