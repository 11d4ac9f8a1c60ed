-- AlterTable
ALTER TABLE "connect_pending_revocation" ADD COLUMN     "owner_digest" TEXT NOT NULL;

-- CreateIndex
CREATE INDEX "connect_pending_revocation_owner_digest_idx" ON "connect_pending_revocation"("owner_digest");
