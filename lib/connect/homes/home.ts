/**
 * What stands between a person and a value of their home; each has its own sentence on the page. Moments are
 * when to try again.
 */
export type HomesProblem =
  /** The person has not allowed it, or took it back. */
  | { reason: "missing_scope"; scope: string }
  | { reason: "gateway_offline" }
  | { reason: "gateway_timeout" }
  | { reason: "quota_used_up"; until: Date | null }
  | { reason: "rate_limited"; until: Date | null }
  /** The subscription key is missing or wrong: Connect's fault, not the person's. */
  | { reason: "key_refused" }
  /** The password of Legrand's app changed, or its terms wait to be accepted there. */
  | { reason: "terms" }
  /** No answer in time, or that of a server which has failed. */
  | { reason: "unreachable" }
  /** An answer that is none of the API's. */
  | { reason: "unusable" }
  /** Refused for a reason that nobody has described. */
  | { reason: "refused" }
  /** The gateway does not reach that product. */
  | { reason: "product_unreachable" }
  | { reason: "not_found" }
  | { reason: "wrong_parameters" }
  | { reason: "reconnect_needed" }
  /** A fault of ours, logged. */
  | { reason: "failed" }
  /** The access could not be renewed just now. */
  | { reason: "unavailable"; until: Date };

/** A value, or what stands between. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: HomesProblem };

/** `unknown` where a cloud says a word that we do not know. */
export type Mode = "automatic" | "manual" | "boost" | "off" | "protection" | "unknown";

/** What a thermostat said last. Temperatures in °C, humidity in %; null is what it did not say. */
export type Reading = {
  temperature: number | null;
  humidity: number | null;
  setPoint: number | null;
  mode: Mode;
  function: "heating" | "cooling";
  /** Whether it heats, or cools, at this moment. */
  isActive: boolean | null;
  /** Until when a manual or boost mode holds. */
  activeUntil: Date | null;
  /** The program that is followed in the automatic mode. */
  program: number | null;
  measuredAt: Date | null;
};

/** A product of a home. One that is no thermostat, or cannot be asked, has no reading. */
export type Product = { id: string; name: string; device: string; reading: Outcome<Reading> | null };

/** What a product of the Home + Control API said last; null is what it did not say. */
export type DeviceState = {
  isReachable: boolean;
  /** Of a light or a plug. */
  isOn: boolean | null;
  /** How far a shutter is open, in %. */
  level: number | null;
  /** What it draws, in W. */
  watts: number | null;
  /** Legrand's word for how full its battery is. */
  battery: string | null;
};

/**
 * A product of the Home + Control API: its room is null for one without a room, its state for one that says
 * nothing about itself.
 */
export type Device = {
  id: string;
  name: string;
  room: string | null;
  kind: string;
  state: Outcome<DeviceState> | null;
};

/**
 * A home with what is installed in it; `devices` is null where the Home + Control API does not know it, or is
 * not set.
 */
export type Home = {
  id: string;
  name: string;
  products: Outcome<Product[]>;
  devices: Outcome<Device[]> | null;
};
