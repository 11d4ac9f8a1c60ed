import { benchOverload } from "#tests/bench/overload/bench-overload.ts";
import type { Finding } from "#tests/torture/finding.ts";

/** Runs the overload bench, and judges it by its rules. */
export const overload = (): Promise<Finding[]> => benchOverload();
