-- CreateEnum
CREATE TYPE "legrand_application_state" AS ENUM ('active', 'suspended');

-- CreateEnum
CREATE TYPE "legrand_account_token_purpose" AS ENUM ('reset_password');

-- AlterTable
ALTER TABLE "legrand_application" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "state" "legrand_application_state" NOT NULL DEFAULT 'active',
ADD COLUMN     "suspended_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "legrand_artifact" ADD COLUMN     "account_id" UUID;

-- AlterTable
ALTER TABLE "legrand_client_secret" ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "notice_sent" SMALLINT;

-- CreateTable
CREATE TABLE "legrand_pending_sign_up" (
    "digest" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "password_digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_pending_sign_up_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "legrand_account_token" (
    "digest" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "purpose" "legrand_account_token_purpose" NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_account_token_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "legrand_pending_secret" (
    "digest" TEXT NOT NULL,
    "client_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "secret_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_pending_secret_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "legrand_application_draft" (
    "id" UUID NOT NULL,
    "developer_id" UUID NOT NULL,
    "client_id" UUID,
    "fields" JSONB NOT NULL,
    "logo_path" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_application_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_application_change" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "who" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "legrand_application_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_logo" (
    "digest" TEXT NOT NULL,
    "size" SMALLINT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legrand_logo_pkey" PRIMARY KEY ("digest","size")
);

-- CreateTable
CREATE TABLE "legrand_subscription" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "primary_digest" TEXT NOT NULL,
    "primary_ciphertext" TEXT NOT NULL,
    "secondary_digest" TEXT NOT NULL,
    "secondary_ciphertext" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legrand_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_subscription_call" (
    "subscription_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "end_user_id" UUID NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "legrand_subscription_call_pkey" PRIMARY KEY ("subscription_id","day","end_user_id")
);

-- CreateIndex
CREATE INDEX "legrand_pending_sign_up_email_idx" ON "legrand_pending_sign_up"("email");

-- CreateIndex
CREATE INDEX "legrand_pending_sign_up_expires_at_idx" ON "legrand_pending_sign_up"("expires_at");

-- CreateIndex
CREATE INDEX "legrand_account_token_account_id_idx" ON "legrand_account_token"("account_id");

-- CreateIndex
CREATE INDEX "legrand_account_token_expires_at_idx" ON "legrand_account_token"("expires_at");

-- CreateIndex
CREATE INDEX "legrand_pending_secret_client_id_idx" ON "legrand_pending_secret"("client_id");

-- CreateIndex
CREATE INDEX "legrand_pending_secret_expires_at_idx" ON "legrand_pending_secret"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_application_draft_developer_id_client_id_key" ON "legrand_application_draft"("developer_id", "client_id");

-- CreateIndex
CREATE INDEX "legrand_application_change_client_id_at_idx" ON "legrand_application_change"("client_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_subscription_primary_digest_key" ON "legrand_subscription"("primary_digest");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_subscription_secondary_digest_key" ON "legrand_subscription"("secondary_digest");

-- CreateIndex
CREATE INDEX "legrand_subscription_account_id_idx" ON "legrand_subscription"("account_id");

-- CreateIndex
CREATE INDEX "legrand_subscription_call_day_idx" ON "legrand_subscription_call"("day");

-- CreateIndex
CREATE INDEX "legrand_artifact_account_id_idx" ON "legrand_artifact"("account_id");

-- CreateIndex
CREATE INDEX "legrand_client_secret_expires_at_idx" ON "legrand_client_secret"("expires_at");

-- AddForeignKey
ALTER TABLE "legrand_account_token" ADD CONSTRAINT "legrand_account_token_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_pending_secret" ADD CONSTRAINT "legrand_pending_secret_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_application_draft" ADD CONSTRAINT "legrand_application_draft_developer_id_fkey" FOREIGN KEY ("developer_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_application_draft" ADD CONSTRAINT "legrand_application_draft_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_application_change" ADD CONSTRAINT "legrand_application_change_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_subscription" ADD CONSTRAINT "legrand_subscription_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_subscription_call" ADD CONSTRAINT "legrand_subscription_call_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "legrand_subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An application with its reply URLs, scopes and secrets as one value; now with its state and when it was last used.
CREATE OR REPLACE FUNCTION legrand_application_json(of_client_id uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'clientId', a.client_id, 'type', a.type, 'name', a.name, 'description', a.description,
    'vendor', a.vendor, 'url', a.url, 'logoPath', a.logo_path, 'state', a.state, 'lastUsedAt', a.last_used_at,
    'replyUrls', COALESCE((SELECT jsonb_agg(r.url ORDER BY r.position) FROM legrand_reply_url r WHERE r.client_id = of_client_id), '[]'),
    'scopes', COALESCE((SELECT jsonb_agg(s.scope ORDER BY s.scope) FROM legrand_requested_scope s WHERE s.client_id = of_client_id), '[]'),
    'secrets', COALESCE((SELECT jsonb_agg(jsonb_build_object('digest', c.secret_digest, 'expiresAt', c.expires_at, 'lastUsedAt', c.last_used_at)
      ORDER BY c.created_at) FROM legrand_client_secret c WHERE c.client_id = of_client_id), '[]'))
  FROM legrand_application a WHERE a.client_id = of_client_id);
END $$;

-- As before, with the owner of each session.
CREATE OR REPLACE FUNCTION legrand_write_artifacts(
  saved jsonb, spent text[], finished text[], deleted text[], revoked_tokens_of text[], revoked_grants text[]
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  grants text[] := ARRAY(SELECT DISTINCT r->>'grantId' FROM jsonb_array_elements(saved) r WHERE r->>'grantId' IS NOT NULL);
  touched integer;
BEGIN
  IF cardinality(spent) > 0 THEN
    UPDATE legrand_artifact SET consumed_at = now() WHERE digest = ANY(spent) AND consumed_at IS NULL;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(spent) THEN RETURN false; END IF;
  END IF;
  IF cardinality(grants) > 0 THEN
    -- Held until the commit: a revocation waits for it, or is seen here.
    PERFORM FROM legrand_grant WHERE id = ANY(grants) FOR SHARE;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(grants) THEN RETURN false; END IF;
  END IF;
  IF cardinality(finished) > 0 THEN
    UPDATE legrand_artifact SET consumed_at = COALESCE(consumed_at, now()) WHERE digest = ANY(finished);
  END IF;
  IF cardinality(deleted) + cardinality(revoked_tokens_of) > 0 THEN
    DELETE FROM legrand_artifact WHERE digest = ANY(deleted) OR grant_id = ANY(revoked_tokens_of);
  END IF;
  IF cardinality(revoked_grants) > 0 THEN
    DELETE FROM legrand_grant WHERE id = ANY(revoked_grants);
  END IF;
  INSERT INTO legrand_artifact (kind, digest, payload, grant_id, uid, account_id, expires_at)
    SELECT (r->>'kind')::legrand_artifact_kind, r->>'digest', r->'payload', r->>'grantId', r->>'uid',
      CASE WHEN r->>'kind' = 'Session' THEN (r->'payload'->>'accountId')::uuid END, (r->>'expiresAt')::timestamptz
    FROM jsonb_array_elements(saved) r
    ON CONFLICT (digest) DO UPDATE SET payload = excluded.payload, uid = excluded.uid, account_id = excluded.account_id, expires_at = excluded.expires_at;
  RETURN true;
END $$;
UPDATE legrand_artifact SET account_id = (payload->>'accountId')::uuid WHERE kind = 'Session';
