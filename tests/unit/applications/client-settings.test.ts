import { execFileSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { SETTING_NAMES } from "#lib/env.ts";
import { clientFacts } from "#lib/legrand/applications/settings/client-facts.ts";
import { describeClientSettings } from "#lib/legrand/applications/settings/client-settings.ts";

const CLIENT_ID = "5d3c1f0e-7a52-4c1b-9e0f-2b6d4a8c9e13";
/** Reply URLs that may be registered and contain characters special to a shell, JavaScript or Python. */
const REPLY_URLS = [
  "https://a.example/callback",
  "https://a.example/it's?a=$b&c=`d`",
  'https://a.example/"quoted"\\n',
  "msal5d3c://auth",
];

const codeOf = (replyUrl: string, id: string, issuer = "https://sandbox.example/legrand") =>
  describeClientSettings(
    clientFacts(
      { clientId: CLIENT_ID, replyUrls: [replyUrl], scopes: ["topology.read", "comfort.read"] },
      issuer,
    ),
  ).find((settings) => settings.id === id)!.code;

describe("the settings contain a reply URL exactly as registered, with any characters", () => {
  test.each(REPLY_URLS)("openid-client: %s", (replyUrl) => {
    const literal = /redirect_uri: (".*"),$/m.exec(codeOf(replyUrl, "openid-client"))![1]!;
    expect(JSON.parse(literal)).toBe(replyUrl);
  });

  test.each(REPLY_URLS)("curl, in a shell: %s", (replyUrl) => {
    const [quoted] = /'redirect_uri=.*'(?= \\$)/m.exec(codeOf(replyUrl, "curl"))!;
    expect(execFileSync("sh", ["-c", `printf %s ${quoted}`], { encoding: "utf8" })).toBe(
      `redirect_uri=${replyUrl}`,
    );
  });

  test.each(REPLY_URLS.slice(0, 1))(".env: %s", (replyUrl) => {
    expect(codeOf(replyUrl, "env")).toContain(`WWL_REPLY_URL='${replyUrl}'`);
  });
});

test("no settings use the name of a variable of this project, which reads .env files too (issue 10, 20)", () => {
  const settings = describeClientSettings(
    clientFacts(
      { clientId: CLIENT_ID, replyUrls: REPLY_URLS, scopes: ["comfort.read"] },
      "https://sandbox.example/legrand",
    ),
  );
  for (const { code, note } of settings) {
    expect(
      code
        .match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g)
        ?.filter((name) => SETTING_NAMES.includes(name) || name.startsWith("AUTH_")) ?? [],
      note,
    ).toEqual([]);
    expect(note).not.toContain("LEGRAND_");
  }
});

test("allows plain http in the libraries only where the sandbox has nothing else", () => {
  for (const [issuer, expected] of [
    ["http://localhost:3000/legrand", true],
    ["https://sandbox.example/legrand", false],
  ] as const) {
    expect(codeOf(REPLY_URLS[0]!, "openid-client", issuer).includes("allowInsecureRequests")).toBe(expected);
    expect(codeOf(REPLY_URLS[0]!, "python", issuer).includes("OAUTHLIB_INSECURE_TRANSPORT")).toBe(expected);
  }
});

test("shows an example URL if the application has no reply URL", () => {
  expect(
    clientFacts({ clientId: CLIENT_ID, replyUrls: [], scopes: [] }, "https://sandbox.example/legrand")
      .replyUrl,
  ).toContain("your-application.example");
});
