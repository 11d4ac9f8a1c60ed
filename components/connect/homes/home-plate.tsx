import { HomeContent, type HomeContentProps } from "#components/connect/homes/home-content.tsx";
import { HomeSummary, MeasuredAt } from "#components/connect/homes/home-summary.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { RoomsOfHome } from "#lib/connect/homes/group-rooms.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

type HomePlateProps = Omit<HomeContentProps, "headingId"> & {
  /** True for the first home of an account. The others are collapsed. */
  isFirst: boolean;
};

const HEAD = "flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-1.5";

/** Shows one home in a plate. All but the first one of an account are collapsed. */
export function HomePlate({ accountId, home, isFirst, isSettable, notice, now }: HomePlateProps) {
  const id = `home-${accountId}-${home.id}`;
  const heading = (
    <h3 id={id} className="min-w-0 flex-1 text-md wrap-anywhere">
      {home.name}
    </h3>
  );
  const content = <HomeContent {...{ accountId, home, isSettable, notice, now }} headingId={id} />;
  if (isFirst)
    return (
      <Plate as="section" aria-labelledby={id}>
        <div className={HEAD}>
          <Icon name="home" className="size-5 text-ink-muted" />
          {heading}
          <MeasuredAt rooms={home.rooms} now={now} />
        </div>
        {content}
      </Plate>
    );
  return (
    <Plate as="section" aria-labelledby={id}>
      <details open={hasProduct(home, notice)} className="group/home">
        <summary className={`${HEAD} list-none rounded-plate [&::-webkit-details-marker]:hidden`}>
          <Icon
            name="chevron"
            className="size-5 text-ink-subtle transition-transform group-open/home:rotate-90"
          />
          {heading}
          <HomeSummary home={home} now={now} />
        </summary>
        {content}
      </details>
    </Plate>
  );
}

/** True if the result of a form is about a product of this home. */
export function hasProduct({ rooms }: RoomsOfHome, notice: ThermostatNotice | null): boolean {
  return rooms.some(({ thermostat, devices }) =>
    [thermostat, ...devices].some((product) => product && product.id === notice?.module),
  );
}
