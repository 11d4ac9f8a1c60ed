import { beforeAll, describe, expect, test } from "vitest";

import type { DescribableAccount } from "#lib/connect/linked-accounts/describe-state.ts";
import { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

const AT = new Date("2026-11-23T12:00:00Z");
const inDays = (days: number) => new Date(AT.getTime() + days * 24 * 60 * 60 * 1000);
const CONNECTED: DescribableAccount = {
  state: "connected",
  reconnectReason: null,
  withdrawnScopes: [],
  trouble: null,
  retryAt: null,
  refreshTokenExpiresAt: inDays(60),
  refreshTokenFinal: false,
  disconnectedAt: null,
};

let describeState: typeof import("#lib/connect/linked-accounts/describe-state.ts").describeState;
beforeAll(async () => {
  setEnvironment();
  ({ describeState } = await import("#lib/connect/linked-accounts/describe-state.ts"));
});
const describing = (change: Partial<DescribableAccount>) => describeState({ ...CONNECTED, ...change }, AT);

describe("the state of a linked account in words (issue 4, 2)", () => {
  test("connected: nothing to do", () => {
    expect(describing({})).toMatchObject({
      state: "connected",
      tone: "success",
      label: "Connected",
      action: null,
      actionLabel: null,
      canAcceptLoss: false,
    });
    expect(describing({ refreshTokenExpiresAt: null }).state).toBe("connected");
  });

  test.each([
    [7.01, "connected"],
    [6.99, "expires_soon"],
    [-1, "expires_soon"],
  ])("%d days before the refresh token's end: %s", (days, state) => {
    expect(describing({ refreshTokenExpiresAt: inDays(days) }).state).toBe(state);
  });

  test("expires soon: says until when, and offers the button that renews", () => {
    expect(describing({ refreshTokenExpiresAt: inDays(3) })).toMatchObject({
      tone: "warning",
      sentence: "Access ends on 26 November 2026 unless it is renewed.",
      action: "retry",
      actionLabel: "Renew now",
    });
  });

  test("expires soon and cannot be extended: offers the button that connects again", () => {
    expect(describing({ refreshTokenExpiresAt: inDays(3), refreshTokenFinal: true })).toMatchObject({
      state: "expires_soon",
      sentence: "Access ends on 26 November 2026. Legrand does not extend it without a new consent.",
      action: "reconnect",
      actionLabel: "Connect again",
    });
  });

  test.each([
    ["revoked", "reconnect"],
    ["refresh_token_expired", "reconnect"],
    ["client_secret_expired", "retry"],
    ["key_lost", "reconnect"],
    ["scope_withdrawn", "ask_again"],
  ] as const)("reconnect needed, %s: has its own button (%s)", (reconnectReason, action) => {
    expect(
      describing({ state: "reconnect_needed", reconnectReason, withdrawnScopes: ["comfort.write"] }),
    ).toMatchObject({ state: "reconnect_needed", action });
  });

  test("each reason and each trouble has its own sentence", () => {
    const reasons = Object.values(ReconnectReason).map(
      (reconnectReason) => describing({ state: "reconnect_needed", reconnectReason }).sentence,
    );
    const troubles = Object.values(RefreshTrouble).map(
      (trouble) => describing({ trouble, retryAt: inDays(0.1) }).sentence,
    );
    expect(new Set([...reasons, ...troubles]).size).toBe(reasons.length + troubles.length);
    for (const sentence of [...reasons, ...troubles])
      expect(sentence).not.toMatch(/!|please|oops|undefined|null|NaN/i);
  });

  test("withdrawn scopes are named by their labels; the person may go on without them", () => {
    const described = describing({
      state: "reconnect_needed",
      reconnectReason: "scope_withdrawn",
      withdrawnScopes: ["comfort.write", "light.read"],
    });
    expect(described.sentence).toContain(
      "“Change your heating” and “See which lights are on” were taken back at Legrand",
    );
    expect(described.canAcceptLoss).toBe(true);
  });

  test("temporarily unavailable: says why, and when the next try is", () => {
    expect(describing({ trouble: "rate_limited", retryAt: new Date("2026-11-23T14:05:00Z") })).toMatchObject({
      state: "unavailable",
      tone: "warning",
      action: null,
      sentence: "Legrand asked us to wait; next try at 14:05 UTC. Your connection is not lost.",
    });
    expect(describing({ trouble: "unreachable", retryAt: inDays(-1) })).toMatchObject({
      action: "retry",
      sentence: expect.stringContaining("the next try is due now") as string,
    });
  });

  test("a trouble takes precedence over a withdrawn scope, whose sentence says that everything else works", () => {
    expect(
      describing({ state: "reconnect_needed", reconnectReason: "scope_withdrawn", trouble: "unreachable" })
        .state,
    ).toBe("unavailable");
  });

  test("disconnected: says since when, and nothing else", () => {
    expect(
      describing({ state: "disconnected", disconnectedAt: inDays(-2), trouble: "unreachable" }),
    ).toMatchObject({
      state: "disconnected",
      tone: "off",
      sentence: "Not connected since 21 November 2026. Connect no longer stores a token of it.",
      action: "reconnect",
    });
  });
});
