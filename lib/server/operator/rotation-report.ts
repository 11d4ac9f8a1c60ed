import type { RotationProgress, RotationTally } from "#lib/db/reencrypt-table.ts";
import { showProgress } from "#lib/server/operator/show-progress.ts";

const LINE_EVERY = 1_000;

/** Prints the progress of a rotation. */
export const showRotation = (progress: RotationProgress) => showProgress(progress, LINE_EVERY);

/** Describes the result in lines. `isComplete` is true if every key except the first may be removed. */
export function summarise(
  tallies: RotationTally[],
  [first, ...older]: string[],
): { lines: string[]; isComplete: boolean } {
  const sum = (of: "reencrypted" | "current") => tallies.reduce((total, tally) => total + tally[of], 0);
  const unreadable = tallies.flatMap(({ what, unreadable: keys }) =>
    Object.entries(keys).map(([key, count]) => `  ${what}: ${count} under the key ${key}`),
  );
  return {
    isComplete: unreadable.length === 0,
    lines: [
      `${sum("reencrypted").toLocaleString("en")} re-encrypted under ${first}, ${sum("current").toLocaleString("en")} already under it.`,
      ...(unreadable.length
        ? [
            "Unreadable and not changed: their key is not in TOKEN_ENCRYPTION_KEYS, or they were altered.",
            ...unreadable,
          ]
        : []),
      ...(older.length
        ? [
            `No readable value needs ${older.join(", ")} any longer: remove ${older.length === 1 ? "it" : "them"} from TOKEN_ENCRYPTION_KEYS and start the server again.`,
          ]
        : []),
    ],
  };
}
