-- CreateTable
CREATE TABLE "legrand_reply_url_request" (
    "digest" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_reply_url_request_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "legrand_reply_url_request_account_id_expires_at_idx" ON "legrand_reply_url_request"("account_id", "expires_at");

-- CreateIndex
CREATE INDEX "legrand_reply_url_request_client_id_idx" ON "legrand_reply_url_request"("client_id");

-- CreateIndex
CREATE INDEX "legrand_reply_url_request_expires_at_idx" ON "legrand_reply_url_request"("expires_at");

-- AddForeignKey
ALTER TABLE "legrand_reply_url_request" ADD CONSTRAINT "legrand_reply_url_request_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_reply_url_request" ADD CONSTRAINT "legrand_reply_url_request_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;
