-- Search by a part of a name, an address or an identifier. On PostgreSQL it is one of its own extensions, which the owner of a database may create.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "connect_admin_role" AS ENUM ('administrator', 'auditor');

-- CreateEnum
CREATE TYPE "connect_bulk_revocation_state" AS ENUM ('running', 'stopping', 'stopped', 'done');

-- CreateEnum
CREATE TYPE "connect_export_state" AS ENUM ('running', 'done', 'broken_off');

-- What administrators list, search and sort by. The database computes it, so that no statement can forget to: a state as people see it
-- (lib/connect/linked-accounts/describe-state.ts has the same order of cases), and texts in lower case.
-- Texts are compared byte by byte ("C"): then an index finds what they begin with, whatever the locale of the database, and survives its next version.
ALTER TABLE "connect_account" ALTER COLUMN "provider_account_id" TYPE TEXT COLLATE "C";
ALTER TABLE "connect_account" ADD COLUMN     "disconnect_reason" TEXT,
ADD COLUMN     "listed_state" TEXT NOT NULL GENERATED ALWAYS AS (CASE
  WHEN "state" = 'disconnected' THEN 'disconnected'
  WHEN "state" = 'reconnect_needed' AND "reconnect_reason" IS DISTINCT FROM 'scope_withdrawn' THEN 'reconnect_needed'
  WHEN "trouble" IS NOT NULL THEN 'unavailable'
  WHEN "state" = 'reconnect_needed' THEN 'reconnect_needed'
  ELSE 'connected' END) STORED,
ADD COLUMN     "listed_name" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(coalesce("name", ''))) STORED,
ADD COLUMN     "listed_email" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(coalesce("email", ''))) STORED,
ADD COLUMN     "search_text" TEXT NOT NULL GENERATED ALWAYS AS (lower(coalesce("name", '') || E'\n' || coalesce("email", '') || E'\n' || "provider_account_id")) STORED,
ADD COLUMN     "scope_count" INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(array_length("granted_scopes", 1), 0)) STORED,
ADD COLUMN     "renewed_at" TIMESTAMPTZ(3) NOT NULL GENERATED ALWAYS AS (coalesce("refreshed_at", "authorized_at")) STORED,
ADD COLUMN     "access_ends_at" TIMESTAMPTZ(3) NOT NULL GENERATED ALWAYS AS (coalesce("refresh_token_expires_at", "access_token_expires_at", TIMESTAMPTZ '9999-12-31 00:00:00+00')) STORED;

-- AlterTable
ALTER TABLE "connect_user" ADD COLUMN     "role" "connect_admin_role";

-- CreateTable
CREATE TABLE "connect_tally" (
    "id" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,

    CONSTRAINT "connect_tally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT NOT NULL,
    "actor_id" UUID,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT,
    "target" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "actor_key" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower("actor")) STORED,

    CONSTRAINT "connect_audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_admin_email_use" (
    "email_digest" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connect_admin_email_use_pkey" PRIMARY KEY ("email_digest")
);

-- CreateTable
CREATE TABLE "connect_bulk_revocation" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "selection" TEXT NOT NULL,
    "state" "connect_bulk_revocation_state" NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "revoked" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "connect_bulk_revocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_bulk_revocation_item" (
    "bulk_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "failure" TEXT,

    CONSTRAINT "connect_bulk_revocation_item_pkey" PRIMARY KEY ("bulk_id","account_id")
);

-- CreateTable
CREATE TABLE "connect_export" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "estimate" INTEGER NOT NULL,
    "state" "connect_export_state" NOT NULL DEFAULT 'running',

    CONSTRAINT "connect_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "background_lease" (
    "name" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "background_lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "connect_tally_name_day_idx" ON "connect_tally"("name", "day");

-- CreateIndex
CREATE INDEX "connect_audit_entry_at_id_idx" ON "connect_audit_entry"("at", "id");

-- CreateIndex
CREATE INDEX "connect_audit_entry_actor_id_at_id_idx" ON "connect_audit_entry"("actor_id", "at", "id");

-- CreateIndex
CREATE INDEX "connect_audit_entry_actor_key_at_id_idx" ON "connect_audit_entry"("actor_key", "at", "id");

-- CreateIndex
CREATE INDEX "connect_audit_entry_action_at_id_idx" ON "connect_audit_entry"("action", "at", "id");

-- CreateIndex
CREATE INDEX "connect_audit_entry_outcome_at_id_idx" ON "connect_audit_entry"("outcome", "at", "id");

-- CreateIndex
CREATE INDEX "connect_audit_entry_target_id_at_id_idx" ON "connect_audit_entry"("target_id", "at", "id");

-- CreateIndex
CREATE INDEX "connect_audit_entry_request_id_idx" ON "connect_audit_entry"("request_id");

-- CreateIndex
CREATE INDEX "connect_bulk_revocation_created_at_id_idx" ON "connect_bulk_revocation"("created_at", "id");

-- CreateIndex
CREATE INDEX "connect_bulk_revocation_state_idx" ON "connect_bulk_revocation"("state");

-- CreateIndex
CREATE INDEX "connect_bulk_revocation_item_bulk_id_failure_idx" ON "connect_bulk_revocation_item"("bulk_id", "failure");

-- CreateIndex
CREATE INDEX "connect_export_created_at_idx" ON "connect_export"("created_at");

-- CreateIndex
CREATE INDEX "connect_account_listed_state_connected_at_id_idx" ON "connect_account"("listed_state", "connected_at", "id");

-- CreateIndex
CREATE INDEX "connect_account_listed_state_renewed_at_id_idx" ON "connect_account"("listed_state", "renewed_at", "id");

-- CreateIndex: with its last column "expires soon" is counted without a look at the rows.
CREATE INDEX "connect_account_access_ends_idx" ON "connect_account"("listed_state", "access_ends_at", "id", "refresh_token_expires_at");

-- CreateIndex
CREATE INDEX "connect_account_listed_state_listed_name_id_idx" ON "connect_account"("listed_state", "listed_name", "id");

-- CreateIndex
CREATE INDEX "connect_account_listed_state_listed_email_id_idx" ON "connect_account"("listed_state", "listed_email", "id");

-- CreateIndex
CREATE INDEX "connect_account_listed_state_scope_count_id_idx" ON "connect_account"("listed_state", "scope_count", "id");

-- CreateIndex
CREATE INDEX "connect_account_granted_scopes_idx" ON "connect_account" USING GIN ("granted_scopes");

-- CreateIndex
CREATE INDEX "connect_account_search_text_idx" ON "connect_account" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "connect_user_role_idx" ON "connect_user"("role");

-- AddForeignKey
ALTER TABLE "connect_bulk_revocation_item" ADD CONSTRAINT "connect_bulk_revocation_item_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "connect_bulk_revocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The audit log can only grow.
CREATE FUNCTION connect_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER connect_audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON connect_audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION connect_refuse_audit_change();

-- Numbers for the overview. Rows are added and nothing is locked, so that two who change accounts never wait for each other here.
-- `listed` is a running total of the accounts in each state, of no day; `linked` is the net change of accounts that are not disconnected.
CREATE FUNCTION connect_tally_new_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT day, name, key, sum(amount) FROM (
    SELECT DATE '1970-01-01' AS day, 'listed' AS name, listed_state AS key, 1 AS amount FROM new_rows
    UNION ALL SELECT (connected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1 FROM new_rows
    UNION ALL SELECT (coalesce(disconnected_at, now()) AT TIME ZONE 'UTC')::date, 'linked', '', -1 FROM new_rows WHERE state = 'disconnected'
  ) AS change GROUP BY day, name, key HAVING sum(amount) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER connect_account_tally_insert AFTER INSERT ON connect_account REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connect_tally_new_accounts();

CREATE FUNCTION connect_tally_gone_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT DATE '1970-01-01', 'listed', listed_state, -count(*) FROM old_rows GROUP BY listed_state
  UNION ALL SELECT (now() AT TIME ZONE 'UTC')::date, 'linked', '', -count(*) FROM old_rows WHERE state <> 'disconnected' HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER connect_account_tally_delete AFTER DELETE ON connect_account REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connect_tally_gone_accounts();

CREATE FUNCTION connect_tally_changed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  VALUES (DATE '1970-01-01', 'listed', OLD.listed_state, -1), (DATE '1970-01-01', 'listed', NEW.listed_state, 1);
  IF OLD.state = 'disconnected' THEN
    INSERT INTO connect_tally (day, name, key, amount) VALUES ((NEW.connected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1);
  ELSIF NEW.state = 'disconnected' THEN
    INSERT INTO connect_tally (day, name, key, amount) VALUES ((coalesce(NEW.disconnected_at, now()) AT TIME ZONE 'UTC')::date, 'linked', '', -1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER connect_account_tally_update AFTER UPDATE ON connect_account
  FOR EACH ROW WHEN (OLD.listed_state <> NEW.listed_state) EXECUTE FUNCTION connect_tally_changed_account();

CREATE FUNCTION connect_tally_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT (at AT TIME ZONE 'UTC')::date, what, coalesce(detail->>'reason', ''), count(*) FROM new_rows
  WHERE what IN ('connected', 'refresh_failed', 'reconnect_needed') GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;
CREATE TRIGGER connect_linked_account_event_tally AFTER INSERT ON connect_linked_account_event REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connect_tally_events();

-- What happened before there were numbers.
INSERT INTO connect_tally (day, name, key, amount)
SELECT day, name, key, sum(amount) FROM (
  SELECT DATE '1970-01-01' AS day, 'listed' AS name, listed_state AS key, 1 AS amount FROM connect_account
  UNION ALL SELECT (connected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1 FROM connect_account
  UNION ALL SELECT (coalesce(disconnected_at, now()) AT TIME ZONE 'UTC')::date, 'linked', '', -1 FROM connect_account WHERE state = 'disconnected'
  UNION ALL SELECT (at AT TIME ZONE 'UTC')::date, what, coalesce(detail->>'reason', ''), 1 FROM connect_linked_account_event
    WHERE what IN ('connected', 'refresh_failed', 'reconnect_needed')
) AS change GROUP BY day, name, key HAVING sum(amount) <> 0;

-- Adds up the rows of each day, name and key. One at a time, since two would wait for each other's rows in any order; nobody who adds or reads
-- waits, and what is added meanwhile stays for the next time.
CREATE FUNCTION connect_compact_tally() RETURNS void LANGUAGE sql AS $$
  LOCK TABLE connect_tally IN SHARE UPDATE EXCLUSIVE MODE;
  WITH many AS (SELECT day, name, key FROM connect_tally GROUP BY day, name, key HAVING count(*) > 1),
    gone AS (DELETE FROM connect_tally USING many WHERE (connect_tally.day, connect_tally.name, connect_tally.key) = (many.day, many.name, many.key)
      RETURNING connect_tally.day, connect_tally.name, connect_tally.key, connect_tally.amount)
  INSERT INTO connect_tally (day, name, key, amount) SELECT day, name, key, sum(amount) FROM gone GROUP BY day, name, key HAVING sum(amount) <> 0;
$$;
