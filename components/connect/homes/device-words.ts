import { nameDevice } from "#components/connect/homes/home-words.ts";
import type { IconName } from "#components/ui/icon.tsx";
import type { Act, Family } from "#lib/connect/homes/families-constants.ts";
import type { Device, DeviceState } from "#lib/connect/homes/home.ts";

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** The icon of each family. */
export const FAMILY_ICONS: Record<Family, IconName> = {
  light: "light",
  plug: "plug",
  automation: "shutter",
};

/** The label of each button. A screen reader adds the product's name. */
export const ACT_WORDS: Record<Act, string> = {
  on: "Switch on",
  off: "Switch off",
  open: "Open",
  close: "Close",
  stop: "Stop",
};

/** What the page says after the action. A shutter has only started to move by then. */
export const DONE_WORDS: Record<Act, string> = {
  on: "Switched on",
  off: "Switched off",
  open: "Opening. Load this page again to see how far it is.",
  close: "Closing. Load this page again to see how far it is.",
  stop: "Stopped",
};

/**
 * Returns the words for what a product is doing and the tone of its indicator, or null if its state is
 * unknown.
 */
export function describeDeviceState(
  state: DeviceState,
): { words: string; tone: "success" | "warning" | "off" } | null {
  if (!state.isReachable) return { words: "Not reachable", tone: "warning" };
  if (state.level !== null)
    return {
      words: state.level === 0 ? "Closed" : state.level === 100 ? "Open" : `${state.level} % open`,
      tone: state.level === 0 ? "off" : "success",
    };
  return state.isOn === null
    ? null
    : { words: state.isOn ? "On" : "Off", tone: state.isOn ? "success" : "off" };
}

/**
 * Returns the useful actions for a product's current state, or all of its family's if the state is unknown.
 */
export function actsOf(family: Family, state: DeviceState | null): Act[] {
  if (family === "automation") return ["open", "stop", "close"];
  if (state?.isOn === undefined || state.isOn === null) return ["on", "off"];
  return state.isOn ? ["off"] : ["on"];
}

/** Formats power with its unit. */
export const inWatts = (watts: number): string => `${WHOLE.format(watts)} W`;

/** Describes in one line a product that cannot be set: its name, its kind, and its values. */
export function describeOther({ name, kind, state }: Device): string {
  const said = state?.ok ? state.value : null;
  const parts = [
    nameDevice(kind),
    said?.isReachable === false && "not reachable",
    said?.battery && `battery ${said.battery}`,
    said && said.watts !== null && inWatts(said.watts),
  ].filter(Boolean);
  return `${name} (${parts.join(", ")})`;
}

/**
 * Sums up the devices of a room that can be switched: "1 on", or "All off". Returns null if the state of none
 * is known.
 */
export function countOn(devices: Device[]): { words: string; tone: "success" | "off" } | null {
  const known = devices.flatMap(({ state }) =>
    state?.ok && state.value.isOn !== null ? state.value.isOn : [],
  );
  if (known.length === 0) return null;
  const on = known.filter(Boolean).length;
  return on > 0 ? { words: `${on} on`, tone: "success" } : { words: "All off", tone: "off" };
}
