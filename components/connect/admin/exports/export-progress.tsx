"use client";

import { useEffect, useState } from "react";

import type { ExportStatus as Seen } from "#lib/connect/admin/exports/export.ts";

const EVERY_MS = 1_000;
/**
 * Failed look-ups after which an export counts as unknown. The link was just followed, so it may not have
 * started yet.
 */
const PATIENCE = 10;

const NUMBER = new Intl.NumberFormat("en");

/** Shows the progress of the export with that id, and asks for it once a second until it has ended. */
export function ExportProgress({ run }: { run: string }) {
  const seen = useProgress(run);
  if (seen === "unknown")
    return (
      <p role="status" className="text-sm text-ink-muted">
        The export has not begun. Nothing was changed; follow the link again.
      </p>
    );
  if (!seen || seen.state === "running")
    return <Running rows={seen?.rows ?? 0} estimate={seen?.estimate ?? 0} />;
  const rows = `${NUMBER.format(seen.rows)} ${seen.rows === 1 ? "row" : "rows"}`;
  return (
    <p role="status" className={`text-sm ${seen.state === "done" ? "text-ink-muted" : "text-danger"}`}>
      {seen.state === "done"
        ? `Exported ${rows}.`
        : `The export stopped after ${rows}, so the file is incomplete. Export again.`}
    </p>
  );
}

function Running({ rows, estimate }: { rows: number; estimate: number }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
      <span role="status">Exporting</span>
      <progress
        className="h-2 w-40"
        aria-label="Export"
        {...(rows ? { value: Math.min(rows, estimate), max: Math.max(rows, estimate) } : {})}
      />
      {rows > 0 && (
        <span className="tabular-nums">
          {NUMBER.format(rows)} of about {NUMBER.format(Math.max(rows, estimate))} rows
        </span>
      )}
    </p>
  );
}

/** Returns the latest known progress, or null if none is known yet. */
function useProgress(run: string): Seen | "unknown" | null {
  const [seen, setSeen] = useState<Seen | "unknown" | null>(null);
  useEffect(() => {
    let [timer, misses] = [0, 0];
    const look = async () => {
      const answer = await askProgress(run);
      if (answer) setSeen(answer);
      else misses++;
      if (misses > PATIENCE) setSeen("unknown");
      else if (!answer || answer.state === "running") timer = window.setTimeout(() => void look(), EVERY_MS);
    };
    timer = window.setTimeout(() => void look(), EVERY_MS / 2);
    return () => clearTimeout(timer);
  }, [run]);
  return seen;
}

/** Returns the export's progress, or null if the server does not know the export or does not answer. */
async function askProgress(run: string): Promise<Seen | null> {
  try {
    const response = await fetch(`/admin/exports/${run}`, { headers: { accept: "application/json" } });
    return response.ok ? ((await response.json()) as Seen) : null;
  } catch {
    return null;
  }
}
