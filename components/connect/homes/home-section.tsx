import { describeOther } from "#components/connect/homes/device-words.ts";
import { DevicesSection } from "#components/connect/homes/devices-section.tsx";
import { nameDevice } from "#components/connect/homes/home-words.ts";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { RoomPlate, type RoomPlateProps } from "#components/connect/homes/room-plate.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import type { Device, Home, HomeProduct } from "#lib/connect/homes/home.ts";
import type { FamilyPermission } from "#lib/connect/homes/missing-scopes.ts";

type HomeSectionProps = {
  accountId: string;
  home: Home;
  permissions: Record<Family, FamilyPermission>;
} & Pick<RoomPlateProps, "notice" | "missing" | "now">;

/**
 * Shows one home: a plate for each thermostat, one each for lights, plugs and shutters, and the names of the
 * other products.
 */
export function HomeSection({ accountId, home, permissions, notice, missing, now }: HomeSectionProps) {
  const headingId = `home-${accountId}-${home.id}`;
  const others = home.devices?.ok
    ? home.devices.value.filter(({ kind }) => !FAMILIES.some((family) => family === kind))
    : [];
  const isEmpty =
    home.products.ok &&
    home.products.value.length === 0 &&
    (home.devices === null || (home.devices.ok && home.devices.value.length === 0));
  return (
    <section aria-labelledby={headingId} className="grid grid-cols-1 gap-3">
      <h3 id={headingId} className="flex items-center gap-2 text-lg wrap-anywhere">
        <Icon name="home" className="size-5 text-ink-muted" />
        {home.name}
      </h3>
      {isEmpty && <p className="text-ink-muted">Nothing is installed in this home yet.</p>}
      {home.products.ok ? (
        <Thermostats
          {...{ accountId, notice, missing, now, headingId }}
          plant={home.id}
          products={home.products.value}
        />
      ) : (
        <Plate className="p-5">
          <ProblemNote
            problem={home.products.problem}
            now={now}
            missing="Connect cannot show the devices here without your permission."
          />
        </Plate>
      )}
      {home.devices && (
        <DevicesSection
          place={{ account: accountId, plant: home.id }}
          devices={home.devices}
          {...{ permissions, notice, now }}
        />
      )}
      <AlsoHere
        products={home.products.ok ? home.products.value.filter(({ reading }) => reading === null) : []}
        devices={others}
      />
    </section>
  );
}

type ThermostatsProps = Omit<HomeSectionProps, "home" | "permissions"> & {
  plant: string;
  products: HomeProduct[];
  headingId: string;
};

function Thermostats({ accountId, plant, products, notice, missing, now, headingId }: ThermostatsProps) {
  const rooms = products.flatMap(({ reading, ...product }) => (reading ? [{ ...product, reading }] : []));
  if (rooms.length === 0) return null;
  return (
    <ul aria-labelledby={headingId} className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {rooms.map(({ id, name, reading }) => (
        <RoomPlate
          key={id}
          place={{ account: accountId, plant, module: id }}
          {...{ name, reading, missing, now }}
          notice={notice?.module === id ? notice : null}
        />
      ))}
    </ul>
  );
}

function AlsoHere({ products, devices }: { products: HomeProduct[]; devices: Device[] }) {
  const words = [
    ...products.map(({ name, device }) => `${name} (${nameDevice(device)})`),
    ...devices.map(describeOther),
  ];
  return words.length > 0 && <p className="text-sm text-ink-muted">Also here: {words.join(", ")}</p>;
}
