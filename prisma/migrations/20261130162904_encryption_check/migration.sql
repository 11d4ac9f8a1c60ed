-- CreateTable
CREATE TABLE "encryption_check" (
    "id" TEXT NOT NULL,
    "ciphertext" TEXT NOT NULL,

    CONSTRAINT "encryption_check_pkey" PRIMARY KEY ("id")
);
