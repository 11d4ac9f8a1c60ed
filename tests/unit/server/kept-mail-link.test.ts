import { expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

async function linkWith(variables: Record<string, string>): Promise<string | null> {
  setEnvironment(variables);
  return (await import("#lib/server/front/kept-mail.ts")).keptMailLink();
}

test.each([
  ["in a container", { HOST: "0.0.0.0" }],
  ["at a LAN address", { HOST: "192.168.1.10" }],
  ["behind a trusted proxy", { TRUST_PROXY: "true" }],
  ["behind a proxy for https", { ORIGIN: "https://localhost:9443" }],
])(
  "the start prints a link to kept mail if callers may be on other machines: %s",
  async (_case, variables: Record<string, string>) => {
    expect(await linkWith(variables)).toMatch(
      new RegExp(`^${variables.ORIGIN ?? "http://localhost:3000"}/legrand/mail/open\\?token=lgm_[\\w-]{43}$`),
    );
  },
);

test("each process has its own token", async () => {
  expect(await linkWith({ HOST: "0.0.0.0" })).not.toBe(await linkWith({ HOST: "0.0.0.0" }));
});

test.each([
  ["only this machine calls", {}],
  ["the origin is another host", { ORIGIN: "https://connect.example", TRUST_PROXY: "true" }],
  ["mail is sent", { HOST: "0.0.0.0", SMTP_URL: "smtp://localhost" }],
  [
    "there is no sandbox",
    {
      HOST: "0.0.0.0",
      LEGRAND_AUTHORIZE_URL: "https://cloud.example/authorize",
      LEGRAND_TOKEN_URL: "https://cloud.example/token",
      LEGRAND_API_URL: "https://cloud.example/api",
    },
  ],
])("prints no link if %s", async (_case, variables: Record<string, string>) => {
  expect(await linkWith(variables)).toBeNull();
});
