import { beforeEach, describe, expect, test } from "vitest";

import type { FreshSecret } from "#lib/legrand/client-secrets/hand-over-secret.ts";
import { makeAccountProof, makeApplicationProof, toClientId } from "#tests/factories/make-proofs.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

const account = makeAccountProof({ email: "dev@example.com", givenName: "Alix", familyName: "Test" });
const application = makeApplicationProof({
  clientId: toClientId("5d3c1f0e-7a52-4c1b-9e0f-2b6d4a8c9e13"),
  name: "Thermo",
  replyUrls: ["https://one.example/", "https://two.example/"],
  scopes: ["topology.read", "comfort.read"],
});
const secret: FreshSecret = {
  value: `lgs_${"x".repeat(39)}abcd`,
  label: "First secret",
  expiresAt: new Date("2027-11-23T00:00:00Z"),
  isFirst: true,
};

const describeMail = async (of: FreshSecret) =>
  JSON.stringify(
    (await import("#lib/legrand/client-secrets/secret-mails.ts")).describeSecretMail(
      account,
      application,
      of,
    ),
  );

describe("the mail after Validate has the same content as the details page (Works with Legrand, Registration)", () => {
  test("has the client ID, secret, addresses, reply URLs and scopes", async () => {
    setEnvironment({ ORIGIN: "https://sandbox.example", MAIL_CLIENT_SECRET: undefined });
    const mail = await describeMail(secret);
    const facts = [
      application.clientId,
      secret.value,
      ...application.replyUrls,
      "topology.read comfort.read",
      "https://sandbox.example/legrand/token",
      "23 November 2027",
      `/legrand/applications/${application.clientId}`,
    ];
    for (const fact of facts) expect(mail).toContain(fact);
  });

  test("leaves out the secret if MAIL_CLIENT_SECRET is false, and says where it was shown", async () => {
    setEnvironment({ ORIGIN: "https://sandbox.example", MAIL_CLIENT_SECRET: "false" });
    const mail = await describeMail(secret);
    expect(mail).not.toContain(secret.value);
    expect(mail).toContain("was shown once, on the application's page");
    expect(mail).toContain(application.clientId);
  });
});

describe("later mails", () => {
  beforeEach(() => setEnvironment({ ORIGIN: "https://sandbox.example", MAIL_CLIENT_SECRET: undefined }));

  test("announces a later secret with its label and last characters, and never sends it", async () => {
    const mail = await describeMail({ ...secret, isFirst: false, label: "Second server" });
    expect(mail).not.toContain(secret.value);
    for (const fact of ["A new client secret was generated for Thermo", "Second server", "abcd"])
      expect(mail).toContain(fact);
  });

  test("announces a deletion", async () => {
    const { describeDeletionMail } = await import("#lib/legrand/client-secrets/secret-mails.ts");
    const mail = JSON.stringify(
      describeDeletionMail(account, application, { label: "Old server", lastCharacters: "wxyz" }),
    );
    for (const fact of ["A client secret of Thermo was deleted", "Old server", "wxyz"])
      expect(mail).toContain(fact);
  });
});
