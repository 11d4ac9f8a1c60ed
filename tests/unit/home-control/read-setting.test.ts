import { expect, test } from "vitest";

import { readSetting, switchSchema } from "#lib/legrand/home-control/read-setting.ts";

const read = (body: string, headers: Record<string, string>) =>
  readSetting(new Request("https://api.example/", { method: "POST", body, headers }), switchSchema);

test.each([
  ["JSON", '{"status":"on"}', { "content-type": "application/json" }],
  ["a form", "status=on", { "content-type": "application/x-www-form-urlencoded" }],
  [
    "JSON that is called a form, as curl -d does",
    '{"status":"on"}',
    { "content-type": "application/x-www-form-urlencoded" },
  ],
])("reads %s", async (_case, body, headers) => {
  expect(await read(body, headers)).toEqual({ ok: true, value: true });
});

test.each([
  ["compressed; send it without Content-Encoding", "status=on", { "content-encoding": "gzip" }],
  ["larger than 16 KB", `status=${"x".repeat(17 * 1024)}`, {}],
  ["neither JSON nor a form, in UTF-8", "{", { "content-type": "application/json" }],
])("refuses a body that is %s", async (fault, body, headers) => {
  expect(await read(body, { "content-type": "application/x-www-form-urlencoded", ...headers })).toEqual({
    ok: false,
    message: `Wrong parameters: the body is ${fault}`,
  });
});
