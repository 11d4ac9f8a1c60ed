import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { now } from "#lib/clock.ts";
import { answerErrors, answerUnknown } from "#lib/legrand/home-control/answers.ts";
import { describeOne } from "#lib/legrand/home-control/describe-modules.ts";
import { levelAt } from "#lib/legrand/home-control/level-at.ts";
import type { AddressedDevice, Product } from "#lib/legrand/home-control/product.ts";
import { levelSchema, readSetting, switchSchema } from "#lib/legrand/home-control/read-setting.ts";
import { findProduct, moveShutter, switchProduct } from "#lib/legrand/home-control/store.ts";
import { answerDone, answerJson } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { parseDeviceAddress } from "#lib/legrand/smarther/shared-home.ts";

type Parameters = Record<string, string>;
type Answer = (access: Access, parameters: Parameters, request: IncomingRequest) => Promise<Response>;

/** Returns an operation that answers the state of one product of this kind, as a list with one entry. */
export function answerProduct(device: AddressedDevice): Answer {
  return async (access, parameters) => {
    const product = await find(access, parameters, device);
    return product ? answerJson(describeOne(product, now())) : answerUnknown();
  };
}

/**
 * Returns an operation that switches a product of this kind: `status=on` or `off`, as a form or as JSON. It
 * answers 200 without a body.
 */
export function answerSwitch(device: "light" | "plug"): Answer {
  return async (access, parameters, request) => {
    const isOn = await readSetting(request, switchSchema);
    if (!isOn.ok) return answerErrors(400, isOn.message);
    const product = await find(access, parameters, device);
    if (!product?.isReachable) return product ? answerUnreachable() : answerUnknown();
    await switchProduct(product, isOn.value);
    return answerDone();
  };
}

/**
 * Moves a shutter to a level: 100 is open, 0 is closed, and -1 stops it where it is. Answers 200 without a
 * body, as soon as it begins to move.
 */
export const answerMove: Answer = async (access, parameters, request) => {
  const wanted = await readSetting(request, levelSchema);
  if (!wanted.ok) return answerErrors(400, wanted.message);
  for (;;) {
    const product = await find(access, parameters, "automation");
    if (!product?.isReachable) return product ? answerUnreachable() : answerUnknown();
    // Each setting of a shutter is later than the one before, even within a millisecond, because the store
    // distinguishes settings by this time.
    const at = new Date(Math.max(now().getTime(), product.movedAt.getTime() + 1));
    const level = levelAt(product, at);
    if (await moveShutter(product, { level, targetLevel: wanted.value ?? level, movedAt: at }))
      return answerDone();
  }
};

async function find(
  access: Access,
  parameters: Parameters,
  device: AddressedDevice,
): Promise<Product | null> {
  const address = parseDeviceAddress(access, parameters);
  return address && (await findProduct(access, address, device));
}

const answerUnreachable = (): Response => answerErrors(406, "The module is not reachable");
