import { expect, test } from "#tests/e2e/fixtures.ts";
import { accept, button, connect, consentHeading, expectConnected, heading } from "#tests/e2e/journey.ts";
import { startForeignApplication } from "#tests/factories/foreign-application.ts";
import { startLossyProxy } from "#tests/factories/lossy-proxy.ts";
import { startBriefServer } from "#tests/harness/server.ts";

test("two origins of one host and another next-auth application stay signed in through whole connects, even if an answer of Connect is lost (issue 11, 2 and 3)", async ({
  page,
  context,
  person,
}) => {
  test.slow();
  const line = await startLossyProxy(/^\/api\/auth\/callback\//);
  const [second, foreign] = await Promise.all([
    startBriefServer({ ORIGIN: line.origin, PORT: String(line.port) }),
    startForeignApplication(),
  ]);
  try {
    const other = await context.newPage();
    await other.goto(`${foreign.origin}/auth/signin`);
    await other.getByLabel("name").fill("Fiona");
    await other.getByRole("button").click();
    await expect(other.getByText("Fiona")).toBeVisible();
    const expectForeign = async () => {
      await other.goto(`${foreign.origin}/auth/session`);
      await expect(other.getByText("Fiona")).toBeVisible();
    };

    await connect(page, person);
    await expectForeign();

    const there = await context.newPage();
    await there.goto(second.origin);
    await button(there, "Connect Legrand").click();
    await there.getByRole("button", { name: "Continue as Marco Ricci" }).click();
    await expect(consentHeading(there)).toBeVisible();
    // Chromium retries by itself if the connection breaks instead of an answer.
    await accept(there);
    expect(line.count()).toBe(2);
    await expectForeign();

    for (const [tab, origin] of [
      [page, process.env.TEST_ORIGIN!],
      [there, second.origin],
      [page, process.env.TEST_ORIGIN!],
    ] as const) {
      await tab.goto(`${origin}/account`);
      await expectConnected(tab);
      await tab.goto(`${origin}/legrand/applications`);
      await expect(heading(tab, "My Applications")).toBeVisible();
    }

    // Signing out of one of them ends one session, and connecting again does not affect the others.
    await page.goto("/");
    await button(page, "Sign out").click();
    await button(page, "Connect Legrand").click();
    await expectConnected(page);
    await there.reload();
    await expect(heading(there, "My Applications")).toBeVisible();
    await there.goto(`${second.origin}/account`);
    await expectConnected(there);
    await expectForeign();
  } finally {
    await Promise.all([second.stop(), foreign.stop(), line.stop()]);
  }
});
