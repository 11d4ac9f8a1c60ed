import { describeRooms } from "#components/connect/homes/home-words.ts";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Room, RoomsOfHome } from "#lib/connect/homes/group-rooms.ts";

/** Says when the values of a home were measured. */
export function MeasuredAt({ rooms, now }: { rooms: Room[]; now: Date }) {
  const times = rooms.flatMap(({ thermostat }) =>
    thermostat?.reading.ok ? (thermostat.reading.value.measuredAt ?? []) : [],
  );
  if (times.length === 0) return null;
  const latest = new Date(Math.max(...times.map((time) => time.getTime())));
  return (
    <p className="text-sm text-ink-muted">
      Measured <RelativeTime at={latest} now={now} />
    </p>
  );
}

/** Sums up a home that is collapsed: its rooms and their temperatures, or why there are none. */
export function HomeSummary({ home: { rooms, roomsProblem }, now }: { home: RoomsOfHome; now: Date }) {
  if (roomsProblem && roomsProblem.reason !== "missing_scope")
    return <Status tone="warning">{describeHomesProblem(roomsProblem, now).title}</Status>;
  return (
    <span className="text-sm text-ink-muted">
      {describeRooms(
        rooms.map(({ thermostat }) => ({
          temperature: thermostat?.reading.ok ? thermostat.reading.value.temperature : null,
        })),
      )}
    </span>
  );
}
