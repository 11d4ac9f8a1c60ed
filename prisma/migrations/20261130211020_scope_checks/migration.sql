-- AlterTable
ALTER TABLE "connect_account" ADD COLUMN     "scopes_asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "scopes_known_at" TIMESTAMPTZ(3);
