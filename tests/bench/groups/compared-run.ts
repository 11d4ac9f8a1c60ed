import type { DatabaseKind } from "#tests/bench/parse-arguments.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import type { Bare } from "#tests/bench/targets.ts";

/** The servers of one run on one database: this checkout, another commit or null, and the bare library. */
export type ComparedRun = {
  database: DatabaseKind;
  ours: MeasuredServer;
  theirs: MeasuredServer | null;
  bare: Bare;
};

/** Something at each application of a run. `theirs` is null without another commit, or if it cannot do it. */
export type Both<T> = { ours: T; theirs: T | null };

/** Does something at both applications, first at ours. */
export async function atBoth<T>(
  { ours, theirs }: Both<MeasuredServer>,
  work: (server: MeasuredServer) => Promise<T>,
): Promise<Both<T>> {
  return { ours: await work(ours), theirs: theirs && (await work(theirs)) };
}

/**
 * Does something at both applications. If the other commit cannot do it, says why, and returns null for it.
 */
export async function atBothIfThere<T>(
  { ours, theirs }: Both<MeasuredServer>,
  name: string,
  work: (server: MeasuredServer) => Promise<T>,
  say: (text: string) => void,
): Promise<Both<T>> {
  return {
    ours: await work(ours),
    theirs:
      theirs &&
      (await work(theirs).catch((error: unknown) => {
        say(`${theirs.name} cannot do this: ${name}. ${error instanceof Error ? error.message : ""}`);
        return null;
      })),
  };
}
