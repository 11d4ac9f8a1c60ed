import { nameDevice } from "#components/connect/homes/home-words.ts";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { RoomPlate, type RoomPlateProps } from "#components/connect/homes/room-plate.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Home, Product } from "#lib/connect/homes/home.ts";

type HomeSectionProps = { accountId: string; home: Home } & Pick<RoomPlateProps, "notice" | "missing" | "now">;

/** One home: a plate for each thermostat, and the names of what else is installed. */
export function HomeSection({ accountId, home, notice, missing, now }: HomeSectionProps) {
  const headingId = `home-${accountId}-${home.id}`;
  return (
    <section aria-labelledby={headingId} className="grid grid-cols-1 gap-3">
      <h3 id={headingId} className="flex items-center gap-2 text-lg wrap-anywhere"><Icon name="home" className="size-5 text-ink-muted" />{home.name}</h3>
      {home.products.ok
        ? <Products {...{ accountId, notice, missing, now, headingId }} plant={home.id} products={home.products.value} />
        : <Plate className="p-5"><ProblemNote problem={home.products.problem} now={now} missing="What is installed here is not shown without your permission." /></Plate>}
    </section>
  );
}

type ProductsProps = Omit<HomeSectionProps, "home"> & { plant: string; products: Product[]; headingId: string };

function Products({ accountId, plant, products, notice, missing, now, headingId }: ProductsProps) {
  const rooms = products.flatMap(({ reading, ...product }) => (reading ? [{ ...product, reading }] : []));
  const others = products.filter(({ reading }) => reading === null);
  return (
    <>
      {products.length === 0 && <p className="text-ink-muted">Nothing is installed in this home yet.</p>}
      {rooms.length > 0 && (
        <ul aria-labelledby={headingId} className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {rooms.map(({ id, name, reading }) => (
            <RoomPlate key={id} place={{ account: accountId, plant, module: id }} {...{ name, reading, missing, now }} notice={notice?.module === id ? notice : null} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <p className="text-sm text-ink-muted">Also here: {others.map(({ name, device }) => `${name} (${nameDevice(device)})`).join(", ")}</p>
      )}
    </>
  );
}
