import type { LinkedAccountState, ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";
import { drawPerson } from "#lib/server/load/people.ts";
import { randomOf, type Random } from "#lib/server/load/random.ts";

/** Prefix of the Legrand ids of made-up accounts, by which `--remove` finds them. */
export const SEEDED_PREFIX = "seeded-";

/**
 * A made-up linked account with its history and the actions of administrators. It also has a new user, unless
 * it belongs to the user of the account before it.
 */
export type DrawnAccount = {
  id: string;
  userId: string;
  isFirstOfUser: boolean;
  providerAccountId: string;
  name: string | null;
  email: string | null;
  requestedScopes: string[];
  grantedScopes: string[];
  withdrawnScopes: string[];
  state: LinkedAccountState;
  reconnectReason: ReconnectReason | null;
  trouble: RefreshTrouble | null;
  failedAttempts: number;
  retryAt: Date | null;
  connectedAt: Date;
  authorizedAt: Date;
  refreshedAt: Date | null;
  disconnectedAt: Date | null;
  disconnectReason: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  /** Which tokens it has. Never a refresh token that the background refresh would use. */
  has: { accessToken: boolean; refreshToken: boolean };
  events: DrawnEvent[];
  audit: DrawnAudit[];
};
/** An entry of its history, in the form of the columns. */
export type DrawnEvent = { id: string; at: Date; what: string; by: string; detail: object };
/** An administrator's action on it. `operator` is the number of a made-up administrator. */
export type DrawnAudit = {
  at: Date;
  action: string;
  operator: number;
  address: string;
  requestId: string;
  detail: object;
};

type Fate = "healthy" | "expires_soon" | "unavailable" | "reconnect_needed" | "disconnected";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const LIFETIME = 90 * DAY;

const FATES: readonly (readonly [Fate, number])[] = [
  ["healthy", 873],
  ["expires_soon", 6],
  ["unavailable", 6],
  ["reconnect_needed", 45],
  ["disconnected", 70],
];
const REASONS: readonly (readonly [ReconnectReason, number])[] = [
  ["revoked", 45],
  ["refresh_token_expired", 30],
  ["scope_withdrawn", 20],
  ["client_secret_expired", 4],
  ["key_lost", 1],
];
const TROUBLES: readonly (readonly [RefreshTrouble, number])[] = [
  ["unreachable", 45],
  ["server_error", 30],
  ["rate_limited", 15],
  ["unusable_answer", 7],
  ["not_admitted", 3],
];
const FIRST = ["openid", "profile", "email", "topology.read", "comfort.read", "comfort.write"];
/** Scopes that were requested later, each with the share of accounts that have it. The last ones are rare. */
const MORE: readonly (readonly [scope: string, share: number])[] = [
  ["light.read", 0.22],
  ["light.write", 0.15],
  ["automation.read", 0.12],
  ["automation.write", 0.09],
  ["plug.read", 0.06],
  ["plug.write", 0.04],
  ["lock.read", 0.003],
];
const REFUSED = 0.07;
const OPERATOR_REASONS = [
  "Reported as stolen.",
  "The home was sold.",
  "Asked for by the person on the telephone.",
  "Unusual calls from this account.",
];

/**
 * Returns the account with that index. The same seed, index and times give the same account. `before` is the
 * account with the index below, whose user may own this one too.
 */
export function drawAccount({
  seed,
  index,
  connectedAt,
  at,
  before,
}: {
  seed: number;
  index: number;
  connectedAt: Date;
  at: Date;
  before: DrawnAccount | null;
}): DrawnAccount {
  const random = randomOf(seed, index);
  const fate = drawFate(random, at.getTime() - connectedAt.getTime());
  const isFirstOfUser = before === null || random.share() > 0.04;
  const scopes = drawScopes(random);
  const between = (from: Date, to: Date) =>
    new Date(from.getTime() + random.share() * (to.getTime() - from.getTime()));
  const daysBefore = (days: number) => later(connectedAt, new Date(at.getTime() - days * DAY));
  // The time of the last event, or the present if there was none.
  const end =
    fate in BROKEN_FOR_DAYS
      ? between(daysBefore(BROKEN_FOR_DAYS[fate as keyof typeof BROKEN_FOR_DAYS]), at)
      : at;
  const changedAt = random.share() < 0.15 ? between(connectedAt, end) : null;
  const authorizedAt = changedAt ?? connectedAt;
  const isStale = random.share() < 0.1;
  const wasUsed = end.getTime() - authorizedAt.getTime() > HOUR;
  const refreshedAt = wasUsed
    ? between(isStale ? authorizedAt : later(authorizedAt, new Date(end.getTime() - 20 * DAY)), end)
    : null;
  const account: DrawnAccount = {
    ...drawPerson(random, index.toString(36)),
    id: random.uuid(),
    userId: isFirstOfUser ? random.uuid() : before.userId,
    isFirstOfUser,
    providerAccountId: `${SEEDED_PREFIX}${random.uuid()}`,
    ...scopes,
    ...untouched(),
    connectedAt,
    authorizedAt,
    refreshedAt,
    accessTokenExpiresAt: new Date((refreshedAt ?? authorizedAt).getTime() + HOUR),
    // Between one and two years, because nothing renews it for that long.
    refreshTokenExpiresAt: new Date(at.getTime() + (365 + random.share() * 365) * DAY),
  };
  say(account, random, connectedAt, "connected", "person", { added: scopes.grantedScopes, removed: [] });
  if (changedAt)
    say(account, random, changedAt, "permissions_changed", "person", {
      added: [],
      removed: [random.of(FIRST)],
    });
  if (refreshedAt && random.share() < 0.25) overcome(account, random, between(authorizedAt, refreshedAt));
  meet(fate, account, random, { at, end });
  return account;
}

/** Returns the fields of an account to which nothing has happened yet. */
const untouched = () => ({
  withdrawnScopes: [],
  state: "connected" as const,
  reconnectReason: null,
  trouble: null,
  failedAttempts: 0,
  retryAt: null,
  disconnectedAt: null,
  disconnectReason: null,
  has: { accessToken: true, refreshToken: true },
  events: [],
  audit: [],
});

/** At most how many days ago it can have broken. */
const BROKEN_FOR_DAYS = { unavailable: 14, reconnect_needed: 730, disconnected: 730 };

/**
 * Draws the state of an account. A young account is healthy, and an account that could have been renewed
 * lately does not expire soon.
 */
function drawFate(random: Random, ageMs: number): Fate {
  const fate = random.weighted(FATES);
  return ageMs < DAY || (fate === "expires_soon" && ageMs < LIFETIME) ? "healthy" : fate;
}

const later = (a: Date, b: Date) => (a > b ? a : b);

function say(
  account: DrawnAccount,
  random: Random,
  at: Date,
  what: string,
  by: string,
  detail: object,
): void {
  account.events.push({ id: random.uuid(), at, what, by, detail });
}

function audit(account: DrawnAccount, random: Random, at: Date, action: string, detail: object): void {
  account.audit.push({
    at,
    action,
    operator: random.below(5),
    address: `192.0.2.${random.below(254) + 1}`,
    requestId: random.hex(6),
    detail,
  });
}

/** Adds a failed refresh that succeeded later, sometimes through an operator. */
function overcome(account: DrawnAccount, random: Random, at: Date): void {
  say(account, random, at, "refresh_failed", "legrand", { reason: random.weighted(TROUBLES) });
  if (random.share() < 0.2) audit(account, random, at, "linked_account.refresh", {});
}

/** Applies the state to the account, with the last entry of its history. */
function meet(fate: Fate, account: DrawnAccount, random: Random, { at, end }: { at: Date; end: Date }): void {
  if (fate === "expires_soon") expire(account, new Date(at.getTime() + random.share() * 7 * DAY));
  if (fate === "unavailable") fail(account, random, at, end);
  if (fate === "reconnect_needed") needReconnect(account, random, end);
  if (fate === "disconnected") disconnect(account, random, end);
}

/** Makes its refresh token end at that time, because it was not renewed for so long. */
function expire(account: DrawnAccount, refreshTokenExpiresAt: Date): void {
  const refreshedAt = new Date(refreshTokenExpiresAt.getTime() - LIFETIME);
  Object.assign(account, { refreshTokenExpiresAt, has: { accessToken: true, refreshToken: false } });
  if (account.authorizedAt < refreshedAt)
    Object.assign(account, { refreshedAt, accessTokenExpiresAt: new Date(refreshedAt.getTime() + HOUR) });
}

function fail(account: DrawnAccount, random: Random, at: Date, since: Date): void {
  const trouble = random.weighted(TROUBLES);
  Object.assign(account, {
    trouble,
    failedAttempts: 1 + random.below(9),
    retryAt: new Date(at.getTime() + random.share() * HOUR),
    has: { accessToken: true, refreshToken: false },
  });
  say(account, random, since, "refresh_failed", "legrand", { reason: trouble });
}

const GONE = {
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
  has: { accessToken: false, refreshToken: false },
};

function needReconnect(account: DrawnAccount, random: Random, since: Date): void {
  const reason = random.weighted(REASONS);
  Object.assign(account, { state: "reconnect_needed", reconnectReason: reason });
  if (reason === "scope_withdrawn") return withdraw(account, random, since);
  if (reason === "revoked" || reason === "refresh_token_expired") Object.assign(account, GONE);
  else Object.assign(account, { has: { accessToken: true, refreshToken: false } });
  say(account, random, since, "reconnect_needed", reason === "key_lost" ? "connect" : "legrand", { reason });
}

function withdraw(account: DrawnAccount, random: Random, since: Date): void {
  const removed = account.grantedScopes.at(-1)!;
  Object.assign(account, { grantedScopes: account.grantedScopes.slice(0, -1), withdrawnScopes: [removed] });
  say(account, random, since, "scopes_withdrawn", "legrand", { added: [], removed: [removed] });
}

function disconnect(account: DrawnAccount, random: Random, disconnectedAt: Date): void {
  const reason = random.share() < 0.15 ? random.of(OPERATOR_REASONS) : null;
  Object.assign(account, { ...GONE, state: "disconnected", disconnectedAt, disconnectReason: reason });
  say(
    account,
    random,
    disconnectedAt,
    "disconnected",
    reason ? "administrator" : "person",
    reason ? { reason } : {},
  );
  if (reason) audit(account, random, disconnectedAt, "linked_account.revoke", { reason });
}

function drawScopes(random: Random): Pick<DrawnAccount, "requestedScopes" | "grantedScopes"> {
  const requestedScopes = [
    ...FIRST,
    ...MORE.filter(([, share]) => random.share() < share).map(([scope]) => scope),
  ];
  // Without an identifier the person cannot be recognised, and a home without its rooms shows nothing.
  const grantedScopes = requestedScopes.filter(
    (scope) => scope === "openid" || scope === "topology.read" || random.share() > REFUSED,
  );
  return { requestedScopes, grantedScopes };
}
