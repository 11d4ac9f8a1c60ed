-- CreateTable
CREATE TABLE "connect_callback_outcome" (
    "key_digest" TEXT NOT NULL,
    "flow_digest" TEXT NOT NULL,
    "answer" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connect_callback_outcome_pkey" PRIMARY KEY ("key_digest")
);

-- CreateIndex
CREATE UNIQUE INDEX "connect_callback_outcome_flow_digest_key" ON "connect_callback_outcome"("flow_digest");

-- CreateIndex
CREATE INDEX "connect_callback_outcome_expires_at_idx" ON "connect_callback_outcome"("expires_at");
