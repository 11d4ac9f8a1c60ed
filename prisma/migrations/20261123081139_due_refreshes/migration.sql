-- CreateIndex
CREATE INDEX "connect_account_retry_at_idx" ON "connect_account"("retry_at");
