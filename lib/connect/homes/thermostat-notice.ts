import type { Act } from "#lib/connect/homes/families-constants.ts";
import type { HomesProblem } from "#lib/connect/homes/home.ts";
import { flashCookie } from "#lib/http/flash-cookie.ts";

/** The result of the form for one product. */
export type ThermostatNotice = { account: string; module: string } & (
  | { outcome: "set"; temperature: number }
  | { outcome: "following" }
  /** The action that was sent to a light, a plug or a shutter. */
  | { outcome: "done"; act: Act }
  /** The typed text, and the error message about it. */
  | { outcome: "mistyped"; typed: string; message: string }
  | { outcome: "problem"; problem: HomesProblem }
);

/**
 * The notice that carries the result of a product's form to the next page. The product is a thermostat, light,
 * plug or shutter. It is shown only once, because it takes the focus, and a page that is opened a moment later
 * is about something else.
 */
export const thermostatNotice = flashCookie<ThermostatNotice>({
  owner: "connect",
  name: "thermostat",
  context: "connect.thermostat",
  path: "/account",
  lifetimeSeconds: 20,
  shownOnceOn: ["/account"],
  // `until` of a `HomesProblem` is the only date here.
  revive: (key, value) => (key === "until" && typeof value === "string" ? new Date(value) : value),
});
