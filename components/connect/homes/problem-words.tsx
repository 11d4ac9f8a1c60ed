import type { ReactNode } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { HomesProblem } from "#lib/connect/homes/home.ts";

type ProblemWords = { title: string; sentence: ReactNode };
type Reason = Exclude<HomesProblem["reason"], "missing_scope">;

const WORDS: Record<Reason, (when: ReactNode) => ProblemWords> = {
  gateway_offline: () => ({
    title: "Gateway offline",
    sentence:
      "The gateway of this home has no connection to Legrand. Check its power and your internet connection. The values will return automatically.",
  }),
  gateway_timeout: () => ({
    title: "No answer from the thermostat",
    sentence: "The gateway did not reach it in time. Load this page again in a minute.",
  }),
  quota_used_up: (when) => ({
    title: "Today’s calls are used up",
    sentence: (
      <>Legrand allows a limited number of calls a day for each person. The quota is replenished {when}.</>
    ),
  }),
  rate_limited: (when) => ({
    title: "Too many calls at once",
    sentence: <>Legrand asks Connect to slow down. Load this page again {when}.</>,
  }),
  key_refused: () => ({
    title: "Connect is not set up",
    sentence:
      "Legrand does not accept Connect’s subscription key, or none is set. Your access is fine, but the operator of Connect must set a valid key.",
  }),
  terms: () => ({
    title: "Action needed in Legrand’s app",
    sentence:
      "Your password there has changed, or there are new terms to accept. Sign in to Legrand’s app once, then load this page again.",
  }),
  unreachable: () => ({
    title: "Legrand does not answer",
    sentence: "Your access is not lost. Load this page again in a minute.",
  }),
  unusable: () => ({
    title: "Connect cannot read the answer",
    sentence:
      "Legrand answered in a form that Connect does not know. Your access is not lost; load this page again later.",
  }),
  refused: () => ({
    title: "Legrand refused the call",
    sentence: "Legrand did not say why. If this continues, reconnect the account.",
  }),
  product_unreachable: () => ({
    title: "Not reachable",
    sentence: "The gateway cannot reach it. Check that it has power, then try again.",
  }),
  not_found: () => ({
    title: "Not found at Legrand",
    sentence: "It has been removed or moved. Load this page again.",
  }),
  wrong_parameters: () => ({
    title: "Legrand did not accept the value",
    sentence: "Nothing was changed. Choose another temperature.",
  }),
  reconnect_needed: () => ({
    title: "Reconnect needed",
    sentence: "Your homes are shown here once the account is connected again.",
  }),
  unavailable: (when) => ({
    title: "Temporarily unavailable",
    sentence: (
      <>Connect could not renew its access just now. It tries again {when}; your access is not lost.</>
    ),
  }),
  failed: () => ({
    title: "Something failed on our side",
    sentence: "Your access is not lost. Load this page again in a minute.",
  }),
};

/** Describes what keeps a value from being shown, what is lost, and what to do. */
export function describeHomesProblem(problem: HomesProblem & { reason: Reason }, now: Date): ProblemWords {
  const until = "until" in problem ? problem.until : null;
  return WORDS[problem.reason](until && until > now ? <RelativeTime at={until} now={now} /> : "in a while");
}
