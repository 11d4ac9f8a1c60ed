import { spawn } from "node:child_process";

import { expect, test } from "vitest";

import { clientFacts } from "#lib/legrand/applications/settings/client-facts.ts";
import { describeClientSettings } from "#lib/legrand/applications/settings/client-settings.ts";
import { consent, isSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { issuer, postForm } from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";

const codeOf = (application: TestApplication, id: string) =>
  describeClientSettings(clientFacts(application, issuer())).find((settings) => settings.id === id)!.code;

/**
 * Opens an authorization request in a new person's browser and accepts. Returns the address of the redirect.
 */
async function accept(address: string, { replyUrl }: TestApplication): Promise<string> {
  const [account, browser] = [await makeAccount(), new Browser()];
  let page = await browser.follow(await browser.open(address), [replyUrl]);
  while (page.status === 200) {
    page = await browser.follow(
      isSignIn(page) ? await signIn(browser, page, account) : await consent(browser, page),
      [replyUrl],
    );
  }
  return page.location!;
}

// This starts a separate process, sends a dozen requests and makes a person: slow beside other tests.
test("the shown openid-client program gets a first token without changes", { timeout: 120_000 }, async () => {
  const application = await makeApplication();
  const child = spawn(
    process.execPath,
    ["--input-type=module", "--eval", codeOf(application, "openid-client")],
    {
      env: { ...process.env, WWL_CLIENT_SECRET: application.clientSecret },
      stdio: "pipe",
    },
  );
  let printed = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const asked = new Promise<string>((resolve) => {
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("sent to: ")) resolve(/^http\S+/m.exec(printed)![0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
  });
  child.stdin.write(
    `${await accept(
      await Promise.race([
        asked,
        ended.then(() => {
          throw new Error(printed);
        }),
      ]),
      application,
    )}\n`,
  );
  expect(await ended, printed).toBe(0);
  expect(printed.match(/access_token:/g)).toHaveLength(2);
});

test("the authorization server accepts the shown curl requests", async () => {
  const application = await makeApplication();
  const code = codeOf(application, "curl");
  const answer = new URL(await accept(/^# (http\S+)$/m.exec(code)![1]!, application));
  const parameters = new URLSearchParams(
    [...code.split("# 3.")[0]!.matchAll(/(?:-d|--data-urlencode) ['"]?([^'"\s]+)['"]?/g)].map(
      ([, pair]): [string, string] => {
        const [name, ...value] = pair!.split("=");
        return [
          name!,
          value
            .join("=")
            .replace("$WWL_CLIENT_SECRET", application.clientSecret)
            .replace("$CODE", answer.searchParams.get("code")!),
        ];
      },
    ),
  );
  expect([...parameters.keys()]).toEqual([
    "grant_type",
    "client_id",
    "client_secret",
    "redirect_uri",
    "code",
  ]);
  expect((await postForm("/token", Object.fromEntries(parameters))).status).toBe(200);
});
