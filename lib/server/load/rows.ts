import { sealToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import { copyLine, type CopyValue } from "#lib/server/load/copy-line.ts";
import type { DrawnAccount } from "#lib/server/load/draw-account.ts";

type Table = {
  table: string;
  columns: readonly string[];
  lines: (accounts: readonly DrawnAccount[]) => Iterable<string>;
};

const OPERATORS = ["amelie", "bruno", "carla", "dieter", "eva"].map((name, index) => ({
  id: `5eeded00-0000-4000-8000-00000000000${index + 1}`,
  name: `${name}@operators.example`,
}));

/** As long as a token of the sandbox. */
const PLAINTEXT = "seeded-token-that-opens-nothing-at-all-00000";

/** The tables in which an account has rows. A table comes after the tables that it refers to. */
export const TABLES: readonly Table[] = [
  {
    table: "connect_user",
    columns: ["id", "name", "email", "created_at"],
    lines: (accounts) =>
      map(
        accounts.filter(({ isFirstOfUser }) => isFirstOfUser),
        ({ userId, name, email, connectedAt }) => [userId, name, email, connectedAt],
      ),
  },
  {
    table: "connect_account",
    columns: [
      "id",
      "user_id",
      "type",
      "provider",
      "provider_account_id",
      "name",
      "email",
      "access_token",
      "refresh_token",
      "token_type",
      "requested_scopes",
      "granted_scopes",
      "state",
      "connected_at",
      "authorized_at",
      "access_token_expires_at",
      "refresh_token_expires_at",
      "token_version",
      "refreshed_at",
      "reconnect_reason",
      "withdrawn_scopes",
      "trouble",
      "failed_attempts",
      "retry_at",
      "disconnected_at",
      "disconnect_reason",
    ],
    lines: (accounts) =>
      map(accounts, (a) => [
        a.id,
        a.userId,
        "oauth",
        PROVIDER,
        a.providerAccountId,
        a.name,
        a.email,
        seal(a, "accessToken"),
        seal(a, "refreshToken"),
        "Bearer",
        a.requestedScopes,
        a.grantedScopes,
        a.state,
        a.connectedAt,
        a.authorizedAt,
        a.accessTokenExpiresAt,
        a.refreshTokenExpiresAt,
        1,
        a.refreshedAt,
        a.reconnectReason,
        a.withdrawnScopes,
        a.trouble,
        a.failedAttempts,
        a.retryAt,
        a.disconnectedAt,
        a.disconnectReason,
      ]),
  },
  {
    table: "connect_linked_account_event",
    columns: ["id", "account_id", "at", "what", "by", "detail"],
    lines: function* (accounts) {
      for (const { id, events } of accounts)
        yield* map(events, (event) => [event.id, id, event.at, event.what, event.by, { json: event.detail }]);
    },
  },
  {
    table: "connect_audit_entry",
    columns: [
      "at",
      "request_id",
      "actor_id",
      "actor",
      "action",
      "outcome",
      "target_type",
      "target_id",
      "target",
      "address",
      "detail",
    ],
    lines: function* (accounts) {
      for (const { id, name, email, audit } of accounts) {
        yield* map(audit, ({ at, requestId, operator, action, address, detail }) => [
          at,
          requestId,
          OPERATORS[operator]!.id,
          OPERATORS[operator]!.name,
          action,
          "done",
          "linked_account",
          id,
          email ?? name ?? id,
          address,
          { json: detail },
        ]);
      }
    },
  },
];

const PROVIDER = "legrand";

function* map<T>(values: Iterable<T>, row: (value: T) => CopyValue[]): Generator<string> {
  for (const value of values) yield copyLine(row(value));
}

function seal(account: DrawnAccount, column: "accessToken" | "refreshToken"): string | null {
  return account.has[column]
    ? sealToken(PLAINTEXT, { provider: PROVIDER, providerAccountId: account.providerAccountId }, column)
    : null;
}
