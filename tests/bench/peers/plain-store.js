// What the two libraries without a storage of their own need: clients, sessions, codes and tokens in PostgreSQL,
// one statement for each call, without a transaction. Both libraries leave this to the application.
import { randomUUID } from "node:crypto";

import pg from "pg";

const SCHEMA = `
  CREATE TABLE client (id text PRIMARY KEY, secret text NOT NULL, reply_urls text[] NOT NULL);
  CREATE TABLE session (id text PRIMARY KEY, user_id text NOT NULL);
  CREATE TABLE code (code text PRIMARY KEY, client_id text NOT NULL, user_id text NOT NULL, redirect_uri text,
    scope text[] NOT NULL, expires_at timestamptz NOT NULL, is_revoked boolean NOT NULL DEFAULT false);
  CREATE TABLE token (access_token text PRIMARY KEY, refresh_token text UNIQUE, client_id text NOT NULL,
    user_id text NOT NULL, scope text[] NOT NULL, expires_at timestamptz NOT NULL,
    refresh_expires_at timestamptz, code text, is_revoked boolean NOT NULL DEFAULT false);
  CREATE INDEX ON token (code);`;

/** As many connections as this application has by default. */
const POOL_SIZE = 10;

/**
 * Opens the database, creates the tables, the client and the sessions of the people.
 *
 * @param {import("./serve-peer.js").Setup} setup
 */
export async function openStore({ databaseUrl, clientId, clientSecret, replyUrl, people }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  await pool.query(SCHEMA);
  await pool.query("INSERT INTO client VALUES ($1, $2, $3)", [clientId, clientSecret, [replyUrl]]);
  const ids = Array.from({ length: people }, () => randomUUID());
  await pool.query("INSERT INTO session SELECT id, gen_random_uuid() FROM unnest($1::text[]) id", [ids]);
  const one = async (...statement) => (await pool.query(...statement)).rows[0];
  return {
    sessions: ids.map((id) => `session=${id}`),
    findClient: (id) => one("SELECT * FROM client WHERE id = $1", [id]),
    findUserId: async (cookie) =>
      (await one("SELECT user_id FROM session WHERE id = $1", [cookie?.replace(/^session=/, "")]))?.user_id,
    saveCode: ({ code, clientId, userId, redirectUri, scope, expiresAt }) =>
      pool.query("INSERT INTO code VALUES ($1, $2, $3, $4, $5, $6)", [
        code,
        clientId,
        userId,
        redirectUri,
        scope,
        expiresAt,
      ]),
    findCode: (code) => one("SELECT * FROM code WHERE code = $1", [code]),
    /** Returns true if this call revoked the code, so that of two calls one succeeds. */
    revokeCode: async (code) =>
      (await pool.query("UPDATE code SET is_revoked = true WHERE code = $1 AND NOT is_revoked", [code]))
        .rowCount === 1,
    saveToken: ({ accessToken, refreshToken, clientId, userId, scope, expiresAt, refreshExpiresAt, code }) =>
      pool.query("INSERT INTO token VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", [
        accessToken,
        refreshToken,
        clientId,
        userId,
        scope,
        expiresAt,
        refreshExpiresAt,
        code,
      ]),
    updateRefreshToken: (accessToken, refreshToken, refreshExpiresAt) =>
      pool.query("UPDATE token SET refresh_token = $2, refresh_expires_at = $3 WHERE access_token = $1", [
        accessToken,
        refreshToken,
        refreshExpiresAt,
      ]),
    findToken: (refreshToken) => one("SELECT * FROM token WHERE refresh_token = $1", [refreshToken]),
    /** Returns true if this call revoked the token. */
    revokeToken: async (refreshToken) =>
      (
        await pool.query("UPDATE token SET is_revoked = true WHERE refresh_token = $1 AND NOT is_revoked", [
          refreshToken,
        ])
      ).rowCount === 1,
  };
}
