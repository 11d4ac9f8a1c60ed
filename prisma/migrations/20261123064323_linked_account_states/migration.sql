-- CreateEnum
CREATE TYPE "connect_reconnect_reason" AS ENUM ('revoked', 'refresh_token_expired', 'client_secret_expired', 'scope_withdrawn', 'key_lost');

-- CreateEnum
CREATE TYPE "connect_refresh_trouble" AS ENUM ('unreachable', 'rate_limited', 'server_error', 'unusable_answer', 'not_admitted');

-- AlterEnum
ALTER TYPE "connect_linked_account_state" ADD VALUE 'disconnected';

-- AlterTable
ALTER TABLE "connect_account" ADD COLUMN     "disconnected_at" TIMESTAMPTZ(3),
ADD COLUMN     "failed_attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reconnect_reason" "connect_reconnect_reason",
ADD COLUMN     "refresh_lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "refreshed_at" TIMESTAMPTZ(3),
ADD COLUMN     "retry_at" TIMESTAMPTZ(3),
ADD COLUMN     "token_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "trouble" "connect_refresh_trouble",
ADD COLUMN     "withdrawn_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "legrand_subscription" ALTER COLUMN "account_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "connect_linked_account_event" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "connect_linked_account_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_pending_revocation" (
    "id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connect_pending_revocation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "connect_linked_account_event_account_id_at_idx" ON "connect_linked_account_event"("account_id", "at");

-- CreateIndex
CREATE INDEX "connect_pending_revocation_retry_at_idx" ON "connect_pending_revocation"("retry_at");

-- CreateIndex
CREATE INDEX "connect_account_refresh_token_expires_at_idx" ON "connect_account"("refresh_token_expires_at");

-- CreateIndex
CREATE INDEX "connect_account_refresh_lease_until_idx" ON "connect_account"("refresh_lease_until");

-- AddForeignKey
ALTER TABLE "connect_linked_account_event" ADD CONSTRAINT "connect_linked_account_event_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "connect_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
