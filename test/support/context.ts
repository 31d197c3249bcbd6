/** Ordinary places in which a token turns up: requests, logs, files, messages. */
import type { Chance } from './chance.ts'
import { HEX } from './chance.ts'
import { SPELT } from './context-spelt.ts'

export interface Context {
  name: string
  write(token: string, draw: Chance): string
}

const basic = (user: string, token: string): string =>
  Buffer.from(`${user}:${token}`).toString('base64')
const line = (token: string): string => token.replaceAll('\n', '\\n')

export const CONTEXTS: readonly Context[] = [
  {
    name: 'prose-is',
    write: (t) => `Hi team, the new SCIM token is ${t} and it should work from today on.`,
  },
  { name: 'prose-bare', write: (t) => `We pasted ${t} into the form and then saved the page.` },
  { name: 'prose-end', write: (t) => `Provisioning fails since this morning, we use ${t}.` },
  { name: 'alone', write: (t) => t },
  { name: 'quoted', write: (t) => `They sent us "${t}" by chat.` },
  { name: 'backticks', write: (t) => `Use \`${t}\` in the header.` },
  { name: 'parentheses', write: (t) => `the old one (${t}) still answers 200` },
  { name: 'arrow', write: (t) => `old -> ${t}` },
  { name: 'header', write: (t) => `Authorization: Bearer ${t}` },
  { name: 'header-raw', write: (t) => `authorization: ${t}` },
  { name: 'bearer-bearer', write: (t) => `Authorization: Bearer Bearer ${t}` },
  { name: 'ssws', write: (t) => `Authorization: SSWS ${t}\nAccept: application/json` },
  { name: 'x-api-key', write: (t) => `X-Api-Key: ${t}` },
  {
    name: 'http-dump',
    write: (t, d) =>
      `GET /scim/v2/Users?startIndex=1&count=1 HTTP/1.1\nHost: portal.example.com\nUser-Agent: Okta SCIM Client 1.0.0\nAuthorization: Bearer ${t}\nAccept: application/scim+json\nX-Request-Id: ${d.uuid()}\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm="SCIM"\n`,
  },
  {
    name: 'curl',
    write: (t) =>
      `curl -sS -H 'Authorization: Bearer ${t}' https://portal.example.com/scim/v2/Users?count=1`,
  },
  {
    name: 'curl-multiline',
    write: (t) =>
      `curl -X POST \\\n  -H "Authorization: Bearer ${t}" \\\n  -H "Content-Type: application/scim+json" \\\n  https://portal.example.com/scim/v2/Users`,
  },
  { name: 'curl-user', write: (t) => `curl -u admin:${line(t)} https://portal.example.com/api` },
  {
    name: 'powershell',
    write: (t) =>
      `$headers = @{ Authorization = "Bearer ${t}" }\nInvoke-RestMethod -Uri $uri -Headers $headers`,
  },
  {
    name: 'json-token',
    write: (t) => JSON.stringify({ token: t, expiresAt: '2027-01-31T00:00:00.000Z' }),
  },
  { name: 'json-value', write: (t) => JSON.stringify({ name: 'secretToken', value: t }) },
  { name: 'json-odd-key', write: (t) => JSON.stringify({ note: `see ${t}`, status: 401 }) },
  {
    name: 'json-pretty',
    write: (t) => JSON.stringify({ connection: { idp: 'okta', credential: t } }, null, 2),
  },
  {
    name: 'json-in-json',
    write: (t) =>
      JSON.stringify({
        level: 'error',
        msg: JSON.stringify({ headers: { authorization: `Bearer ${t}` } }),
      }),
  },
  {
    name: 'json-twice',
    write: (t) =>
      JSON.stringify({ log: JSON.stringify({ body: JSON.stringify({ access_token: t }) }) }),
  },
  {
    name: 'har',
    write: (t) =>
      JSON.stringify({
        request: {
          method: 'GET',
          headers: [{ name: 'Authorization', value: `Bearer ${t}` }],
          cookies: [],
        },
      }),
  },
  {
    name: 'yaml',
    write: (t) =>
      `scim:\n  baseUrl: https://portal.example.com/scim/v2\n  token: ${line(t)}\n  timeout: 30s`,
  },
  { name: 'yaml-block', write: (t) => `stringData:\n  SCIM_TOKEN: |\n    ${t}\ntype: Opaque` },
  {
    name: 'k8s-env',
    write: (t) =>
      `env:\n  - name: SCIM_TOKEN\n    value: "${line(t)}"\n  - name: LOG_LEVEL\n    value: info`,
  },
  {
    name: 'k8s-secret',
    write: (t) =>
      `apiVersion: v1\nkind: Secret\ndata:\n  token: ${Buffer.from(t).toString('base64')}\n`,
  },
  { name: 'env-file', write: (t) => `LOG_LEVEL=info\nSCIM_BEARER_TOKEN=${line(t)}\nPORT=8080` },
  { name: 'export', write: (t) => `export OKTA_API_TOKEN='${t}'` },
  { name: 'properties', write: (t) => `scim.client.secret=${line(t)}\nscim.client.retries=3` },
  { name: 'ini', write: (t) => `[scim]\nbearer = ${line(t)}\nverify = true` },
  { name: 'toml', write: (t) => `[provisioning]\napi_key = "${line(t)}"` },
  {
    name: 'terraform',
    write: (t) => `resource "okta_app_scim" "main" {\n  scim_token = "${line(t)}"\n}`,
  },
  {
    name: 'xml',
    write: (t) => `<connection><idp>okta</idp><bearerToken>${t}</bearerToken></connection>`,
  },
  { name: 'xml-attribute', write: (t) => `<add key="ScimToken" value="${t}" />` },
  { name: 'plist', write: (t) => `<key>Token</key>\n<string>${t}</string>` },
  { name: 'csv', write: (t) => `tenant,idp,token,created\nacme,okta,${line(t)},2026-11-24` },
  { name: 'tsv', write: (t) => `acme\tentra\t${line(t)}\t2026-11-24` },
  {
    name: 'sql',
    write: (t) =>
      `INSERT INTO scim_tokens (tenant, value, created_at) VALUES ('acme', '${t}', now());`,
  },
  {
    name: 'log-key-value',
    write: (t) =>
      `2026-11-24T04:01:12.123Z WARN scim.auth tenant=acme token=${line(t)} status=401 durationMs=12`,
  },
  {
    name: 'log-brackets',
    write: (t) =>
      `[2026-11-24 04:01:12,123] [ERROR] [http-nio-8080-exec-4] o.s.s.o.BearerTokenFilter - rejected [${line(t)}]`,
  },
  {
    name: 'log-json',
    write: (t, d) =>
      JSON.stringify({
        time: '2026-11-24T04:01:12Z',
        level: 'warn',
        requestId: d.uuid(),
        msg: `token ${t} rejected`,
      }),
  },
  {
    name: 'syslog',
    write: (t) => `Nov 24 04:01:12 gateway-1 scimd[4211]: auth failed for token ${line(t)}`,
  },
  {
    name: 'logfmt',
    write: (t) =>
      `level=error msg="unauthorized" authorization="Bearer ${line(t)}" path=/scim/v2/Users`,
  },
  {
    name: 'stack-trace',
    write: (t) =>
      `com.example.scim.InvalidTokenException: Invalid token: ${t}\n\tat com.example.scim.TokenVerifier.verify(TokenVerifier.java:88)\n\tat com.example.scim.BearerTokenFilter.doFilter(BearerTokenFilter.java:41)`,
  },
  {
    name: 'python-error',
    write: (t) =>
      `Traceback (most recent call last):\n  File "sync.py", line 12, in main\nrequests.exceptions.HTTPError: 401 for headers={'Authorization': 'Bearer ${t}'}`,
  },
  {
    name: 'python-bytes',
    write: (t) => `DEBUG:urllib3 header b'Authorization: Bearer ${line(t)}'`,
  },
  {
    name: 'url-query',
    write: (t) =>
      `GET https://portal.example.com/scim/v2/Users?access_token=${encodeURIComponent(t)}&count=1`,
  },
  {
    name: 'url-path',
    write: (t) => `https://portal.example.com/hooks/${encodeURIComponent(t)}/events`,
  },
  {
    name: 'url-userinfo',
    write: (t) => `https://scim:${encodeURIComponent(t)}@portal.example.com/scim/v2`,
  },
  {
    name: 'url-fragment',
    write: (t) =>
      `https://portal.example.com/callback#access_token=${encodeURIComponent(t)}&token_type=bearer`,
  },
  {
    name: 'connection-string',
    write: (t) => `Endpoint=https://portal.example.com;AccessKey=${line(t)};Retry=3`,
  },
  {
    name: 'postgres-url',
    write: (t) => `postgres://scim:${encodeURIComponent(t)}@db.internal:5432/scim`,
  },
  { name: 'cookie', write: (t) => `Cookie: locale=en; axonflow_session=${line(t)}; theme=dark` },
  { name: 'set-cookie', write: (t) => `Set-Cookie: session=${line(t)}; Path=/; HttpOnly; Secure` },
  { name: 'basic-auth', write: (t) => `Authorization: Basic ${basic('scim', t)}` },
  {
    name: 'markdown',
    write: (t) => `## Case 4711\n\n| field | value |\n|---|---|\n| token | \`${line(t)}\` |\n`,
  },
  {
    name: 'markdown-fence',
    write: (t) => `We see this:\n\n\`\`\`\nAuthorization: Bearer ${t}\n\`\`\`\n`,
  },
  {
    name: 'email-quote',
    write: (t) =>
      `On Tue, Kim wrote:\n> please use this token:\n> ${t.replaceAll('\n', '\n> ')}\n> thanks`,
  },
  {
    name: 'chat',
    write: (t) => `[10:02] kim: whats the token?\n[10:03] lee: ${line(t)}\n[10:03] kim: thx`,
  },
  { name: 'html', write: (t) => `<td class="token"><code>${t}</code></td>` },
  { name: 'html-input', write: (t) => `<input type="password" name="scimToken" value="${t}">` },
  { name: 'dockerfile', write: (t) => `ENV SCIM_TOKEN=${line(t)}\nRUN npm ci` },
  { name: 'github-action', write: (t) => `        with:\n          scim-token: ${line(t)}` },
  {
    name: 'diff',
    write: (t, d) => `@@ -4,1 +4,1 @@\n-token: ${d.text(HEX, 4)}\n+token: ${line(t)}`,
  },
  { name: 'glued-before', write: (t) => `scimtoken${t} was rejected` },
  { name: 'glued-after', write: (t) => `${t}expired yesterday` },
  ...SPELT,
  { name: 'german', write: (t) => `Das neue Token lautet ${t} und gilt ab heute.` },
  { name: 'french', write: (t) => `Le nouveau jeton est ${t}, il est valable dès aujourd'hui.` },
]
