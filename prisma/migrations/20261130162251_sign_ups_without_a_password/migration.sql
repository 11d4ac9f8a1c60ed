-- AlterTable
ALTER TABLE "legrand_pending_sign_up" ALTER COLUMN "password_digest" DROP NOT NULL;

-- A stranger may have chosen these passwords: the link in an earlier mail now leads to a page that asks for one (decision 31). The
-- column stays for processes of the former version, which write it while an update goes from process to process.
UPDATE "legrand_pending_sign_up" SET "password_digest" = NULL;
