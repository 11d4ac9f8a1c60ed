import { expect, test } from "vitest";

import { countDevices, describeNow, describeRooms } from "#components/connect/homes/home-words.ts";
import { groupRooms } from "#lib/connect/homes/group-rooms.ts";
import type { Device, Home, HomeProduct } from "#lib/connect/homes/home.ts";

const UNREAD = { ok: false, problem: { reason: "gateway_timeout" } } as const;
const thermostat = (id: string, name: string): HomeProduct => ({
  id,
  name,
  device: "chronothermostat",
  reading: UNREAD,
});
const device = (id: string, kind: string, room: string | null): Device => ({
  id,
  name: id,
  kind,
  room,
  state: null,
});
const home = (products: HomeProduct[], devices: Device[]): Home => ({
  id: "h",
  name: "Casa",
  products: { ok: true, value: products },
  devices: { ok: true, value: devices },
});

/** The lines of a home, each as its name and the ids of its devices. */
const linesOf = (one: Home) =>
  groupRooms(one).rooms.map(({ name, thermostat, devices }) => [
    name,
    thermostat?.id ?? null,
    ...devices.map(({ id }) => id),
  ]);

test("a thermostat and the devices of the room with its name share one line, and other rooms follow", () => {
  expect(
    linesOf(
      home(
        [thermostat("t1", "Sala"), thermostat("t2", "Bagno")],
        [device("l1", "light", "Sala"), device("p1", "plug", "Cucina"), device("s1", "automation", "Sala")],
      ),
    ),
  ).toEqual([
    ["Sala", "t1", "l1", "s1"],
    ["Bagno", "t2"],
    ["Cucina", null, "p1"],
  ]);
});

test("of two thermostats with the name of a room, only the first one lists its devices", () => {
  expect(
    linesOf(home([thermostat("t1", "Sala"), thermostat("t2", "Sala")], [device("l1", "light", "Sala")])),
  ).toEqual([
    ["Sala", "t1", "l1"],
    ["Sala", "t2"],
  ]);
});

test("a device without a room has a line if it can be set, and is only named if it cannot", () => {
  const grouped = groupRooms(home([], [device("l1", "light", null), device("r1", "remote", null)]));
  expect(grouped.rooms).toMatchObject([{ name: "Other devices", devices: [{ id: "l1" }] }]);
  expect(grouped.devices.map(({ id }) => id)).toEqual(["r1"]);
});

test("a product that is no thermostat is only named, and each problem keeps its place", () => {
  const light: HomeProduct = { id: "x", name: "Lampada", device: "light", reading: null };
  expect(groupRooms(home([light], [])).products).toEqual([light]);
  const problem = { reason: "gateway_offline" } as const;
  expect(
    groupRooms({ id: "h", name: "Casa", products: { ok: false, problem }, devices: { ok: false, problem } }),
  ).toMatchObject({ rooms: [], roomsProblem: problem, devicesProblem: problem });
});

test.each([
  [[21.25, 15, null, 18], "4 rooms, 15.0 to 21.3°"],
  [[19.5], "1 room, 19.5°"],
  [[null, null], "2 rooms"],
  [[], "0 rooms"],
])("rooms of %j are summed up as %j", (temperatures, words) => {
  expect(describeRooms(temperatures.map((temperature) => ({ temperature })))).toBe(words);
});

test("devices are counted by kind, and kinds that cannot be set together", () => {
  const kinds = ["plug", "light", "light", "heater", "constructor"];
  expect(countDevices(kinds.map((kind) => ({ kind })))).toBe("2 lights, 1 plug, 2 other devices");
});

test.each([
  ["automatic", true, "heating", 20, "Heating to 20°"],
  ["automatic", true, "cooling", 24, "Cooling to 24°"],
  ["automatic", false, "heating", 17, "Follows its program: 17°"],
  ["manual", false, "heating", 17.5, "Set by hand to 17.5°"],
  ["protection", false, "heating", 7, "Frost protection at 7°"],
  ["off", null, "heating", null, "Off"],
  ["automatic", true, "heating", null, "Follows its program"],
] as const)("%s, active %s, %s, set point %s: %s", (mode, isActive, what, setPoint, words) => {
  expect(describeNow({ mode, isActive, function: what, setPoint })).toBe(words);
});
