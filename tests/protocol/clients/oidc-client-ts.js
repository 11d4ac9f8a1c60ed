import { readFileSync } from "node:fs";

const BUNDLE = readFileSync(
  new URL("node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js", import.meta.url),
);

/** The program's only page: it sends the person to the sandbox, and has the tokens when they come back. */
const page = (
  settings,
) => `<!doctype html><title>oidc-client-ts</title><script src="/oidc-client-ts.js"></script><script type="module">
const manager = new oidc.UserManager({ ...${JSON.stringify(settings)}, loadUserInfo: true, automaticSilentRenew: false });
const say = (outcome) => document.body.insertAdjacentHTML("beforeend", "<p id=outcome>" + JSON.stringify(outcome));
try {
  if (location.pathname !== "/callback") await manager.signinRedirect();
  else {
    const first = await manager.signinRedirectCallback();
    const second = await manager.signinSilent();
    say({ accessToken: first.access_token, refreshedAccessToken: second.access_token, idTokenSubject: first.profile.sub, userinfoSubject: first.profile.sub });
  }
} catch (error) { say({ error: String(error) }); }
</script><body>`;

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  let settings;
  const origin = await serve((request, response) => {
    const isBundle = request.url === "/oidc-client-ts.js";
    response
      .writeHead(200, { "content-type": isBundle ? "text/javascript" : "text/html" })
      .end(isBundle ? BUNDLE : page(settings));
  });
  const { clientId, replyUrl } = await register(`${origin}/callback`, { type: "mobile" });
  settings = {
    authority: issuer,
    client_id: clientId,
    redirect_uri: replyUrl,
    scope: "openid topology.read comfort.read",
  };
  const { error, ...outcome } = JSON.parse(await person.browse(`${origin}/`));
  if (error) throw new Error(error);
  return outcome;
}
