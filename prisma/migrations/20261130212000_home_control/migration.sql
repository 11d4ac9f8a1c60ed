-- CreateEnum
CREATE TYPE "legrand_product_device" AS ENUM ('light', 'plug', 'automation', 'remote', 'heater', 'energymeter');

-- CreateTable
CREATE TABLE "legrand_ambient" (
    "id" UUID NOT NULL,
    "plant_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,

    CONSTRAINT "legrand_ambient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legrand_product" (
    "id" UUID NOT NULL,
    "plant_id" UUID NOT NULL,
    "ambient_id" UUID,
    "position" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "device" "legrand_product_device" NOT NULL,
    "hw_type" TEXT NOT NULL,
    "firmware" SMALLINT NOT NULL,
    "is_reachable" BOOLEAN NOT NULL DEFAULT true,
    "is_on" BOOLEAN NOT NULL DEFAULT false,
    "watts" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "level" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "target_level" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "battery" TEXT,

    CONSTRAINT "legrand_product_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "legrand_ambient_plant_id_position_key" ON "legrand_ambient"("plant_id", "position");

-- CreateIndex
CREATE INDEX "legrand_product_ambient_id_idx" ON "legrand_product"("ambient_id");

-- CreateIndex
CREATE UNIQUE INDEX "legrand_product_plant_id_position_key" ON "legrand_product"("plant_id", "position");

-- AddForeignKey
ALTER TABLE "legrand_ambient" ADD CONSTRAINT "legrand_ambient_plant_id_fkey" FOREIGN KEY ("plant_id") REFERENCES "legrand_plant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_product" ADD CONSTRAINT "legrand_product_plant_id_fkey" FOREIGN KEY ("plant_id") REFERENCES "legrand_plant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legrand_product" ADD CONSTRAINT "legrand_product_ambient_id_fkey" FOREIGN KEY ("ambient_id") REFERENCES "legrand_ambient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Homes that exist already get rooms and products: those of the sandbox accounts theirs (lib/legrand/accounts/sandbox-accounts.ts), the
-- others those of a new home (lib/legrand/plants/first-installation.ts). `home` is null for the latter.
INSERT INTO "legrand_ambient" ("id", "plant_id", "position", "name", "type")
SELECT gen_random_uuid(), p."id", room."position", room."name", room."type"
FROM "legrand_plant" p JOIN (VALUES
  ('Appartement Lyon', 1, 'Salon', 'livingroom'),
  ('Appartement Lyon', 2, 'Chambre', 'bedroom'),
  ('Appartement Lyon', 3, 'Cuisine', 'kitchen'),
  ('Maison d’Annecy', 1, 'Séjour', 'livingroom'),
  ('Maison d’Annecy', 2, 'Cuisine', 'kitchen'),
  ('Casa', 1, 'Sala', 'livingroom'),
  ('Casa', 2, 'Camera', 'bedroom'),
  ('Casa', 3, 'Cucina', 'kitchen'),
  (NULL, 1, 'Living room', 'livingroom'),
  (NULL, 2, 'Bedroom', 'bedroom')
) AS room("home", "position", "name", "type")
ON room."home" IS NOT DISTINCT FROM CASE WHEN p."name" IN ('Appartement Lyon', 'Maison d’Annecy', 'Casa') THEN p."name" END;

INSERT INTO "legrand_product" ("id", "plant_id", "ambient_id", "position", "name", "device", "hw_type", "firmware", "is_on", "watts", "level", "target_level", "battery")
SELECT gen_random_uuid(), p."id", a."id", new."position", new."name", new."device"::"legrand_product_device", new."hw_type", new."firmware", new."is_on", new."watts", new."level", new."level", new."battery"
FROM "legrand_plant" p JOIN (VALUES
  ('Appartement Lyon', 1, 1, 'Plafonnier', 'light', 'NLF', 46, true, 42, 0, NULL),
  ('Appartement Lyon', 1, 2, 'Lampadaire', 'plug', 'NLP', 42, true, 9, 0, NULL),
  ('Appartement Lyon', 1, 3, 'Volet du salon', 'automation', 'NBR', 16, false, 0, 100, NULL),
  ('Appartement Lyon', 2, 4, 'Applique', 'light', 'NLL', 46, false, 12, 0, NULL),
  ('Appartement Lyon', 2, 5, 'Volet de la chambre', 'automation', 'NBR', 16, false, 0, 0, NULL),
  ('Appartement Lyon', 3, 6, 'Suspension', 'light', 'NLL', 46, false, 28, 0, NULL),
  ('Appartement Lyon', 3, 7, 'Cafetière', 'plug', 'NLP', 42, false, 900, 0, NULL),
  ('Appartement Lyon', 0, 8, 'Commande générale', 'remote', 'NLT', 36, false, 0, 0, 'full'),
  ('Appartement Lyon', 0, 9, 'Compteur', 'energymeter', 'NLPC', 47, true, 180, 0, NULL),
  ('Maison d’Annecy', 1, 1, 'Lustre', 'light', 'NLF', 46, false, 60, 0, NULL),
  ('Maison d’Annecy', 1, 2, 'Volets battants', 'automation', 'NBS', 16, false, 0, 0, NULL),
  ('Maison d’Annecy', 2, 3, 'Réfrigérateur', 'plug', 'NLP', 42, true, 95, 0, NULL),
  ('Maison d’Annecy', 2, 4, 'Radiateur', 'heater', 'NLC', 38, true, 1000, 0, NULL),
  ('Maison d’Annecy', 0, 5, 'Commande d’entrée', 'remote', 'NLT', 36, false, 0, 0, 'full'),
  ('Casa', 1, 1, 'Lampadario', 'light', 'NLF', 46, true, 48, 0, NULL),
  ('Casa', 1, 2, 'Televisore', 'plug', 'NLP', 42, true, 74, 0, NULL),
  ('Casa', 1, 3, 'Tapparella della sala', 'automation', 'NBR', 16, false, 0, 100, NULL),
  ('Casa', 2, 4, 'Abat-jour', 'light', 'NLL', 46, false, 8, 0, NULL),
  ('Casa', 2, 5, 'Tapparella della camera', 'automation', 'NBR', 16, false, 0, 0, NULL),
  ('Casa', 3, 6, 'Forno', 'plug', 'NLP', 42, false, 2100, 0, NULL),
  ('Casa', 0, 7, 'Comando generale', 'remote', 'NLT', 36, false, 0, 0, 'full'),
  (NULL, 1, 1, 'Ceiling light', 'light', 'NLF', 46, false, 40, 0, NULL),
  (NULL, 1, 2, 'Floor lamp', 'plug', 'NLP', 42, true, 9, 0, NULL),
  (NULL, 1, 3, 'Living room shutter', 'automation', 'NBR', 16, false, 0, 100, NULL),
  (NULL, 2, 4, 'Bedside lamp', 'light', 'NLL', 46, false, 8, 0, NULL),
  (NULL, 2, 5, 'Bedroom shutter', 'automation', 'NBR', 16, false, 0, 0, NULL),
  (NULL, 0, 6, 'General command', 'remote', 'NLT', 36, false, 0, 0, 'full')
) AS new("home", "room", "position", "name", "device", "hw_type", "firmware", "is_on", "watts", "level", "battery")
ON new."home" IS NOT DISTINCT FROM CASE WHEN p."name" IN ('Appartement Lyon', 'Maison d’Annecy', 'Casa') THEN p."name" END
LEFT JOIN "legrand_ambient" a ON a."plant_id" = p."id" AND a."position" = new."room";
