-- CreateEnum
CREATE TYPE "connect_linked_account_state" AS ENUM ('connected', 'reconnect_needed');

-- CreateEnum
CREATE TYPE "legrand_application_type" AS ENUM ('web', 'mobile');

-- CreateEnum
CREATE TYPE "legrand_artifact_kind" AS ENUM ('AccessToken', 'AuthorizationCode', 'Interaction', 'RefreshToken', 'Session');

-- CreateTable
CREATE TABLE "connect_user" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connect_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_account" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "token_type" TEXT,
    "requested_scopes" TEXT[],
    "granted_scopes" TEXT[],
    "state" "connect_linked_account_state" NOT NULL DEFAULT 'connected',
    "connected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "authorized_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "connect_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_session" (
    "session_token_digest" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connect_session_pkey" PRIMARY KEY ("session_token_digest")
);

-- CreateTable
CREATE TABLE "legrand_account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "password_digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legrand_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_application" (
    "client_id" UUID NOT NULL,
    "developer_id" UUID,
    "type" "legrand_application_type" NOT NULL DEFAULT 'web',
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "logo_path" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legrand_application_pkey" PRIMARY KEY ("client_id")
);

-- CreateTable
CREATE TABLE "legrand_reply_url" (
    "client_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "legrand_reply_url_pkey" PRIMARY KEY ("client_id","url")
);

-- CreateTable
CREATE TABLE "legrand_requested_scope" (
    "client_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,

    CONSTRAINT "legrand_requested_scope_pkey" PRIMARY KEY ("client_id","scope")
);

-- CreateTable
CREATE TABLE "legrand_client_secret" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "secret_digest" TEXT NOT NULL,
    "last_characters" CHAR(4) NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_client_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_grant" (
    "id" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "granted_scopes" TEXT[],
    "rejected_scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_artifact" (
    "digest" TEXT NOT NULL,
    "kind" "legrand_artifact_kind" NOT NULL,
    "payload" JSONB NOT NULL,
    "grant_id" TEXT,
    "uid" TEXT,
    "consumed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_artifact_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "legrand_signing_key" (
    "kid" TEXT NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legrand_signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "legrand_sign_in_attempt" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMPTZ(3),

    CONSTRAINT "legrand_sign_in_attempt_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "legrand_plant" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,

    CONSTRAINT "legrand_plant_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "connect_account_user_id_idx" ON "connect_account"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "connect_account_provider_provider_account_id_key" ON "connect_account"("provider", "provider_account_id");

-- CreateIndex
CREATE INDEX "connect_session_user_id_idx" ON "connect_session"("user_id");

-- CreateIndex
CREATE INDEX "connect_session_expires_at_idx" ON "connect_session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_account_email_key" ON "legrand_account"("email");

-- CreateIndex
CREATE INDEX "legrand_application_developer_id_idx" ON "legrand_application"("developer_id");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_client_secret_client_id_secret_digest_key" ON "legrand_client_secret"("client_id", "secret_digest");

-- CreateIndex
CREATE INDEX "legrand_grant_client_id_idx" ON "legrand_grant"("client_id");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_grant_account_id_client_id_key" ON "legrand_grant"("account_id", "client_id");

-- CreateIndex
CREATE INDEX "legrand_artifact_grant_id_idx" ON "legrand_artifact"("grant_id");

-- CreateIndex
CREATE INDEX "legrand_artifact_uid_idx" ON "legrand_artifact"("uid");

-- CreateIndex
CREATE INDEX "legrand_artifact_expires_at_idx" ON "legrand_artifact"("expires_at");

-- CreateIndex
CREATE INDEX "legrand_sign_in_attempt_expire_idx" ON "legrand_sign_in_attempt"("expire");

-- CreateIndex
CREATE INDEX "legrand_plant_account_id_idx" ON "legrand_plant"("account_id");

-- AddForeignKey
ALTER TABLE "connect_account" ADD CONSTRAINT "connect_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "connect_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connect_session" ADD CONSTRAINT "connect_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "connect_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_application" ADD CONSTRAINT "legrand_application_developer_id_fkey" FOREIGN KEY ("developer_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_reply_url" ADD CONSTRAINT "legrand_reply_url_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_requested_scope" ADD CONSTRAINT "legrand_requested_scope_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_client_secret" ADD CONSTRAINT "legrand_client_secret_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_grant" ADD CONSTRAINT "legrand_grant_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_grant" ADD CONSTRAINT "legrand_grant_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_plant" ADD CONSTRAINT "legrand_plant_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "legrand_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
