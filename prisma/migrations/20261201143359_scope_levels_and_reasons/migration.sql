-- CreateEnum
CREATE TYPE "legrand_scope_level" AS ENUM ('required', 'suggested', 'optional');

-- AlterTable
ALTER TABLE "legrand_requested_scope" ADD COLUMN     "level" "legrand_scope_level" NOT NULL DEFAULT 'suggested',
ADD COLUMN     "reason" TEXT;
