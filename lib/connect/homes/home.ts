/** Why a value of a home cannot be shown; the page has a sentence for each. A time says when to try again. */
export type HomesProblem =
  /** The user did not grant this scope, or took it back. */
  | { reason: "missing_scope"; scope: string }
  | { reason: "gateway_offline" }
  | { reason: "gateway_timeout" }
  | { reason: "quota_used_up"; until: Date | null }
  | { reason: "rate_limited"; until: Date | null }
  /** The subscription key is missing or wrong: Connect's fault, not the user's. */
  | { reason: "key_refused" }
  /** The password in Legrand's app changed, or its terms have to be accepted there. */
  | { reason: "terms" }
  /** No answer in time, or a server error. */
  | { reason: "unreachable" }
  /** An answer that the API does not define. */
  | { reason: "unusable" }
  /** Refused for an undocumented reason. */
  | { reason: "refused" }
  /** The gateway cannot reach the product. */
  | { reason: "product_unreachable" }
  | { reason: "not_found" }
  | { reason: "wrong_parameters" }
  | { reason: "reconnect_needed" }
  /** An error on our side, which was logged. */
  | { reason: "failed" }
  /** The access could not be renewed just now. */
  | { reason: "unavailable"; until: Date };

/** A value, or the problem that prevents it. */
export type Readable<T> = { ok: true; value: T } | { ok: false; problem: HomesProblem };

/** `unknown` if the cloud sends a mode that Connect does not know. */
export type Mode = "automatic" | "manual" | "boost" | "off" | "protection" | "unknown";

/** The latest values of a thermostat. Temperatures in °C, humidity in %; null if not reported. */
export type Reading = {
  temperature: number | null;
  humidity: number | null;
  setPoint: number | null;
  mode: Mode;
  function: "heating" | "cooling";
  /** True if it is heating, or cooling, at this moment. */
  isActive: boolean | null;
  /** When a manual or boost mode ends. */
  activeUntil: Date | null;
  /** The program that automatic mode follows. */
  program: number | null;
  measuredAt: Date | null;
};

/** A product of a home. `reading` is null if it is not a thermostat or was not asked. */
export type HomeProduct = { id: string; name: string; device: string; reading: Readable<Reading> | null };

/** The latest values of a product of the Home + Control API; null if not reported. */
export type DeviceState = {
  isReachable: boolean;
  /** For a light or a plug. */
  isOn: boolean | null;
  /** How far a shutter is open, in %. */
  level: number | null;
  /** Power consumption, in W. */
  watts: number | null;
  /** Legrand's word for the battery level. */
  battery: string | null;
};

/**
 * A product of the Home + Control API. `room` is null if it is in no room, and `state` is null if it does not
 * report one.
 */
export type Device = {
  id: string;
  name: string;
  room: string | null;
  kind: string;
  state: Readable<DeviceState> | null;
};

/**
 * A home with its products. `devices` is null if the Home + Control API does not know the home, or is not
 * configured.
 */
export type Home = {
  id: string;
  name: string;
  products: Readable<HomeProduct[]>;
  devices: Readable<Device[]> | null;
};
