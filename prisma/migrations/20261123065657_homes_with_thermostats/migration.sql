-- CreateEnum
CREATE TYPE "legrand_thermostat_function" AS ENUM ('heating', 'cooling');

-- CreateEnum
CREATE TYPE "legrand_thermostat_mode" AS ENUM ('automatic', 'manual', 'boost', 'off', 'protection');

-- AlterTable
ALTER TABLE "legrand_plant" ADD COLUMN     "gateway_online" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "legrand_module" (
    "id" UUID NOT NULL,
    "plant_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "device" TEXT NOT NULL DEFAULT 'chronothermostat',
    "name" TEXT NOT NULL,
    "function" "legrand_thermostat_function" NOT NULL DEFAULT 'heating',
    "mode" "legrand_thermostat_mode" NOT NULL DEFAULT 'automatic',
    "set_point" DOUBLE PRECISION NOT NULL DEFAULT 20,
    "program" SMALLINT NOT NULL DEFAULT 1,
    "activation_end" TIMESTAMPTZ(3),
    "temperature" DOUBLE PRECISION NOT NULL DEFAULT 18,
    "humidity" DOUBLE PRECISION NOT NULL DEFAULT 50,
    "measured_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legrand_module_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_notification_subscription" (
    "id" UUID NOT NULL,
    "plant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "end_point_url" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legrand_notification_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_notification_failure" (
    "client_id" UUID NOT NULL,
    "end_point_url" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,
    "banned_until" TIMESTAMPTZ(3),

    CONSTRAINT "legrand_notification_failure_pkey" PRIMARY KEY ("client_id","end_point_url")
);

-- CreateIndex
CREATE UNIQUE INDEX "legrand_module_plant_id_position_key" ON "legrand_module"("plant_id", "position");

-- CreateIndex
CREATE INDEX "legrand_notification_subscription_account_id_client_id_idx" ON "legrand_notification_subscription"("account_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_notification_subscription_plant_id_client_id_key" ON "legrand_notification_subscription"("plant_id", "client_id");

-- CreateIndex
CREATE INDEX "legrand_notification_failure_failed_at_idx" ON "legrand_notification_failure"("failed_at");

-- AddForeignKey
ALTER TABLE "legrand_module" ADD CONSTRAINT "legrand_module_plant_id_fkey" FOREIGN KEY ("plant_id") REFERENCES "legrand_plant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_notification_subscription" ADD CONSTRAINT "legrand_notification_subscription_plant_id_fkey" FOREIGN KEY ("plant_id") REFERENCES "legrand_plant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_notification_subscription" ADD CONSTRAINT "legrand_notification_subscription_account_id_client_id_fkey" FOREIGN KEY ("account_id", "client_id") REFERENCES "legrand_grant"("account_id", "client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_notification_failure" ADD CONSTRAINT "legrand_notification_failure_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "legrand_application"("client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Homes that exist already get rooms: those of the sandbox accounts theirs (lib/legrand/accounts/sandbox-accounts.ts), the others two.
INSERT INTO "legrand_module" ("id", "plant_id", "position", "name", "mode", "set_point", "program", "temperature", "humidity")
SELECT gen_random_uuid(), p."id", room."position", room."name", room."mode"::"legrand_thermostat_mode", room."set_point", room."program", room."temperature", room."humidity"
FROM "legrand_plant" p JOIN (VALUES
  ('Appartement Lyon', 1, 'Salon', 'automatic', 20, 1, 19.2, 48),
  ('Appartement Lyon', 2, 'Chambre', 'manual', 17.5, 1, 18.4, 52),
  ('Appartement Lyon', 3, 'Salle de bain', 'automatic', 21, 2, 21.3, 61),
  ('Maison d’Annecy', 1, 'Séjour', 'automatic', 20, 3, 15.6, 55),
  ('Maison d’Annecy', 2, 'Chambre d’amis', 'protection', 18, 3, 9.5, 64),
  ('Casa', 1, 'Sala', 'automatic', 20, 1, 19.5, 51),
  ('Casa', 2, 'Camera', 'manual', 18, 1, 18.7, 54),
  ('Casa', 3, 'Bagno', 'automatic', 21, 2, 20.8, 62),
  (NULL, 1, 'Living room', 'automatic', 20, 1, 18, 50),
  (NULL, 2, 'Bedroom', 'automatic', 20, 1, 18, 50)
) AS room("home", "position", "name", "mode", "set_point", "program", "temperature", "humidity")
ON room."home" IS NOT DISTINCT FROM CASE WHEN p."name" IN ('Appartement Lyon', 'Maison d’Annecy', 'Casa') THEN p."name" END;
