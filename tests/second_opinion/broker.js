/* npm's oidc-provider as a broker of the Finnish Trust Network: what it lacks is two addresses and a page.

   Reads its settings as one line of JSON from standard input, and says one line when it is ready. */

import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { CompactSign, exportJWK, generateKeyPair } from "jose";
import { Provider, errors } from "oidc-provider";
import MemoryAdapter from "oidc-provider/lib/adapters/memory_adapter.js";

const LEVEL = "http://ftn.ficora.fi/2017/loatest2";
const PEOPLE = {
  aino: {
    given_name: "Aino Maria",
    family_name: "Virtanen",
    birthdate: "1994-05-01",
    personal_identity_code: "010594Y9021",
  },
};

const settings = JSON.parse(await text(process.stdin));
const issuer = `http://localhost:${settings.port}`;
/** What the client wants its assertions sealed by; changed at /combination. */
const sealed = { alg: "RSA-OAEP", enc: "A128CBC-HS256" };
/** How often each of its addresses was asked, for the tests. */
const seen = { requests: [], pushed: 0 };

const signing = await made("op-sig-1");
const entity = await made("op-entity-1");

/** Keeps all in memory, but for the client, which is as it was last registered. */
class Adapter extends MemoryAdapter {
  async find(id) {
    return this.model === "Client" ? client(id) : super.find(id);
  }
}

function client(id) {
  if (id !== settings.clientId) return undefined;
  return {
    client_id: id,
    redirect_uris: [settings.redirectUri],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "RS256",
    request_object_signing_alg: "RS256",
    require_signed_request_object: true,
    require_pushed_authorization_requests: settings.isPushed,
    id_token_signed_response_alg: "RS256",
    id_token_encrypted_response_alg: sealed.alg,
    id_token_encrypted_response_enc: sealed.enc,
    jwks: settings.jwks,
  };
}

const provider = new Provider(issuer, {
  adapter: Adapter,
  jwks: { keys: [signing.jwk] },
  acrValues: [LEVEL],
  responseTypes: ["code"],
  clientAuthMethods: ["private_key_jwt"],
  enabledJWA: {
    clientAuthSigningAlgValues: ["RS256"],
    idTokenSigningAlgValues: ["RS256"],
    requestObjectSigningAlgValues: ["RS256"],
    idTokenEncryptionAlgValues: ["RSA-OAEP", "RSA-OAEP-256"],
    idTokenEncryptionEncValues: ["A128CBC-HS256", "A256GCM"],
  },
  features: {
    devInteractions: { enabled: false },
    encryption: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: {
      enabled: true,
      requireSignedRequestObject: true,
      assertJwtClaimsAndHeader: (_, claims, header) => strict("request", claims, header, 600),
    },
  },
  assertJwtClientAuthClaimsAndHeader: (_, claims, header) => strict("assertion", claims, header, 120),
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  scopes: ["openid", "profile", "personal_identity_code"],
  claims: {
    openid: ["sub", "acr", "amr", "auth_time"],
    profile: ["given_name", "family_name", "birthdate"],
    personal_identity_code: ["personal_identity_code"],
  },
  cookies: { keys: ["of the tests alone"] },
  ttl: { IdToken: 600, AuthorizationCode: 60, AccessToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
});

/** What the library leaves to whoever runs it: ids of keys and of tokens, and how long these hold. */
function strict(what, claims, header, longest) {
  const isRight =
    header.kid && claims.jti && claims.iat && claims.exp && claims.exp - claims.iat <= longest;
  if (!isRight) throw new errors.InvalidRequest(`the ${what} is not as the rules of 2025 want it`);
  if (what === "request") seen.requests.push(Object.keys(claims).sort());
}

async function made(kid) {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" };
  const { kty, n, e } = jwk;
  return { kid, privateKey, jwk, public: { kty, n, e, kid, use: "sig", alg: "RS256" } };
}

/** Signs in the entity's name, for an hour. */
function vouched(typ, said) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, sub: issuer, iat: now, exp: now + 3600, ...said };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "RS256", kid: entity.kid, typ })
    .sign(entity.privateKey);
}

const statement = await vouched("entity-statement+jwt", { jwks: { keys: [entity.public] } });

async function page(request, response) {
  const { uid, params } = await provider.interactionDetails(request, response);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="${params.ui_locales}"><title>Second opinion</title>
    <form method="post" action="/interaction/${uid}/aino"><button id="aino">Aino</button></form>
    <form method="post" action="/interaction/${uid}/cancel"><button id="cancel">Cancel</button></form>`);
}

async function choose(request, response, choice) {
  const cancelled = { error: "access_denied", error_description: "the person turned back" };
  const result = choice === "cancel" ? cancelled : await loggedIn(request, response, choice);
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function loggedIn(request, response, accountId) {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return { login: { accountId, acr: LEVEL }, consent: { grantId: await grant.save() } };
}

async function answer(request, response) {
  const [, place, uid, choice] = request.url.split("/");
  if (request.url === "/signed-jwks") {
    response.setHeader("Content-Type", "application/jwk-set+jwt");
    return response.end(await vouched("jwk-set+jwt", { keys: [signing.public] }));
  }
  if (request.url === "/.well-known/openid-federation") return response.end(statement);
  if (request.url === "/seen") return response.end(JSON.stringify(seen));
  if (request.url === "/combination") {
    Object.assign(sealed, JSON.parse(await text(request)));
    return response.end();
  }
  if (place !== "interaction") {
    if (request.url === "/request") seen.pushed += 1;
    return provider.callback()(request, response);
  }
  return choice ? choose(request, response, choice) : page(request, response, uid);
}

createServer((request, response) => {
  answer(request, response).catch((fault) => {
    console.error(fault);
    response.statusCode = 500;
    response.end();
  });
}).listen(settings.port, "localhost", () => console.log("ready"));
