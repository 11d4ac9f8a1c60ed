import { countOn } from "#components/connect/homes/device-words.ts";
import { describeNow } from "#components/connect/homes/home-words.ts";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Room } from "#lib/connect/homes/group-rooms.ts";
import type { Readable, Reading } from "#lib/connect/homes/home.ts";

/** Says what a thermostat is doing, or why Connect does not know. */
export function ThermostatState({ reading, now }: { reading: Readable<Reading>; now: Date }) {
  if (reading.ok)
    return <Status tone={reading.value.isActive ? "warning" : "off"}>{describeNow(reading.value)}</Status>;
  if (reading.problem.reason === "missing_scope") return <Status tone="off">Values not shown</Status>;
  return <Status tone="warning">{describeHomesProblem(reading.problem, now).title}</Status>;
}

/** Says how many devices of a room are on. */
export function DevicesState({ devices }: Pick<Room, "devices">) {
  const sum = countOn(devices);
  return sum && <Status tone={sum.tone}>{sum.words}</Status>;
}
