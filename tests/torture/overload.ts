import { benchOverload } from "#tests/bench/overload/bench-overload.ts";
import type { Finding } from "#tests/torture/finding.ts";

/** The overload bench, by its rules. */
export const overload = (): Promise<Finding[]> => benchOverload();
