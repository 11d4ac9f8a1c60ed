-- Rows of the former version keep what it allowed: local endpoints where the origin is this machine, which is still asked with each notification.
ALTER TABLE "legrand_notification_subscription" ADD COLUMN     "may_be_local" BOOLEAN NOT NULL DEFAULT true;

-- From now on a row has to say so. The former version, which serves while this is applied, does not.
ALTER TABLE "legrand_notification_subscription" ALTER COLUMN "may_be_local" SET DEFAULT false;
