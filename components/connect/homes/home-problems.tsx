import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import type { RoomsOfHome } from "#lib/connect/homes/group-rooms.ts";
import type { HomesProblem } from "#lib/connect/homes/home.ts";

/** Explains each problem of a home once, however many rooms have it. */
export function HomeProblems({ home, now }: { home: RoomsOfHome; now: Date }) {
  const { rooms, roomsProblem, devicesProblem } = home;
  if (
    rooms.length === 0 &&
    !roomsProblem &&
    !devicesProblem &&
    home.products.length + home.devices.length === 0
  )
    return <p className="px-5 py-3 text-ink-muted">Nothing is installed in this home yet.</p>;
  const ofRooms = rooms.flatMap(({ thermostat }) =>
    thermostat && !thermostat.reading.ok && thermostat.reading.problem.reason !== "missing_scope"
      ? thermostat.reading.problem
      : [],
  );
  const all = [roomsProblem, ...ofRooms, devicesProblem].filter((one): one is HomesProblem => one !== null);
  return [...new Map(all.map((problem) => [problem.reason, problem])).values()].map((problem) => (
    <div key={problem.reason} className="px-5 py-3">
      {problem === devicesProblem && <p className="text-sm text-ink-muted">Lights, plugs and shutters</p>}
      <ProblemNote
        problem={problem}
        now={now}
        missing="Connect cannot show the devices here without your permission."
      />
    </div>
  ));
}
