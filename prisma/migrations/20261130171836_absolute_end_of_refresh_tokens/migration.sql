-- An end of a refresh token that the last refresh did not move (decision 34): such a token is not renewed in the background.

-- DropIndex
DROP INDEX "connect_account_refresh_token_expires_at_idx";

-- AlterTable
ALTER TABLE "connect_account" ADD COLUMN     "refresh_token_final" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "connect_account_refresh_end_idx" ON "connect_account"("refresh_token_final", "refresh_token_expires_at");
