/** Identifiers that must survive, in the sentences and lines that carry them. */
import type { Chance } from './chance.ts'
import { BASE62, BASE64URL, DIGITS, HEX, UPPER } from './chance.ts'

const okta = (draw: Chance, prefix: string): string => prefix + draw.text(BASE62, 17)
const ulid = (draw: Chance): string => `01JD${draw.text('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 22)}`
const pod = (draw: Chance): string =>
  `scim-gateway-${draw.text('bcdfghjklmnpqrstvwxz2456789', 10)}-${draw.text('bcdfghjklmnpqrstvwxz2456789', 5)}`
const pairs = (draw: Chance, count: number): string =>
  Array.from({ length: count }, () => draw.text(HEX, 2).toUpperCase()).join(':')

const TEMPLATES: readonly ((draw: Chance) => string)[] = [
  (d) => `"id": "${d.uuid()}"`,
  (d) => `GET /scim/v2/Users/${d.uuid()} 200 14ms`,
  (d) => `PATCH https://portal.example.com/scim/v2/Groups/${d.uuid()} HTTP/1.1`,
  (d) =>
    `https://acme.portal.example.com/scim/v2/Users?filter=userName%20eq%20%22pilot%40acme.example%22&count=${d.below(200)}`,
  (d) =>
    `https://scim.us-east-1.amazonaws.com/${d.text(HEX, 11)}-${d.text(HEX, 4)}-${d.text(HEX, 4)}-${d.text(HEX, 4)}-${d.text(HEX, 12)}/scim/v2/`,
  (d) => `Object ID ${d.uuid()}, application ID ${d.uuid()}`,
  (d) => `Correlation ID: ${d.uuid()} Timestamp: 2026-11-24 04:01:12Z`,
  (d) => `user ${okta(d, '00u')} was added to group ${okta(d, '00g')}`,
  (d) =>
    `https://acme-admin.okta.com/admin/app/scim2headerauth/instance/${okta(d, '0oa')}/#tab-provisioning`,
  (d) => `"target":[{"id":"${okta(d, '00u')}","type":"User","alternateId":"pilot@acme.example"}]`,
  (d) => `Okta request ID: ${d.text(BASE64URL, 24)}`,
  (d) => `x-okta-request-id: req${d.text(BASE62, 22)}`,
  (d) => `ETag: W/"${d.text(HEX, 15)}"`,
  (d) => `etag: "${d.text(HEX, 32)}"`,
  (d) => `If-Match: "${d.below(900)}"`,
  (d) => `If-None-Match: W/"${d.text(HEX, 27)}"`,
  (d) =>
    JSON.stringify({
      meta: {
        resourceType: 'User',
        version: `W/"${d.text(HEX, 16)}"`,
        lastModified: '2026-11-24T04:01:12.345Z',
      },
    }),
  (d) => `X-Request-Id: ${d.uuid()}`,
  (d) => `x-amzn-RequestId: ${d.uuid()}`,
  (d) => `x-amz-request-id: ${d.text('0123456789ABCDEF', 16)}`,
  (d) => `X-Amzn-Trace-Id: Root=1-${d.text(HEX, 8)}-${d.text(HEX, 24)}`,
  (d) => `cf-ray: ${d.text(HEX, 16)}-FRA`,
  (d) => `traceparent: 00-${d.text(HEX, 32)}-${d.text(HEX, 16)}-01`,
  (d) => `trace_id=${d.text(HEX, 32)} span_id=${d.text(HEX, 16)} sampled=true`,
  (d) => `{"traceId":"${d.text(HEX, 32)}","spanId":"${d.text(HEX, 16)}","level":"info"}`,
  (d) => `request id ${d.text(HEX, 32)} failed after 3 attempts`,
  (d) => `commit ${d.text(HEX, 40)}`,
  (d) => `Merge commit '${d.text(HEX, 40)}' into main`,
  (d) => `deployed revision ${d.text(HEX, 12)} to production`,
  (d) => `see https://github.com/example/scim/commit/${d.text(HEX, 40)}`,
  (d) => `image registry.example.com/scim-gateway@sha256:${d.text(HEX, 64)}`,
  (d) => `Digest: sha256:${d.text(HEX, 64)}`,
  (d) => `docker://${d.text(HEX, 64)}`,
  (d) => `sha256 ${d.text(HEX, 64)}  bundle.zip`,
  (d) => `SHA-1: ${d.text(HEX, 40)}`,
  (d) => `checksum=${d.text(HEX, 32)} size=4096`,
  (d) => `Certificate fingerprint (SHA-256): ${pairs(d, 32)}`,
  (d) => `Thumbprint ${d.text(HEX, 40).toUpperCase()}`,
  (d) => `fingerprint ${d.text(HEX, 16)} (new token), ${d.text(HEX, 4)} hint`,
  (d) => `"fingerprint":"${d.text(HEX, 16)}","lastUsedAt":"2026-11-24T04:01:12.345Z"`,
  (d) => `SHA256:${d.text(BASE62, 43)} deploy@bastion (ED25519)`,
  (d) => `integrity sha512-${d.text(BASE62, 86)}==`,
  (d) => `previousHash ${d.text(HEX, 64)}`,
  (d) => `arn:aws:iam::${d.text(DIGITS, 12)}:role/scim-provisioning-sync`,
  (d) => `arn:aws:lambda:eu-central-1:${d.text(DIGITS, 12)}:function:scim-token-rotation-check`,
  (d) => `instance i-${d.text(HEX, 17)} in vpc-${d.text(HEX, 17)}`,
  (d) => `pod ${pod(d)} restarted 3 times`,
  (d) => `namespace=identity pod=${pod(d)} container=gateway`,
  (d) =>
    `/subscriptions/${d.uuid()}/resourceGroups/identity-prod/providers/Microsoft.KeyVault/vaults/scim-kv`,
  (d) => `https://graph.microsoft.com/v1.0/servicePrincipals/${d.uuid()}/synchronization/jobs`,
  (d) => `job customappsso.${d.text(HEX, 32)}.${d.uuid()} is in quarantine`,
  (d) => `MAC ${pairs(d, 6)} IP 10.${d.below(255)}.${d.below(255)}.17`,
  (d) => `client 2001:db8:85a3:${d.text(HEX, 4)}::8a2e:370:${d.text(HEX, 4)} port 443`,
  (d) => `S-1-5-21-${d.text(DIGITS, 10)}-${d.text(DIGITS, 10)}-${d.text(DIGITS, 9)}-1013`,
  (d) => `epoch ${1700000000000 + d.below(90000000)} nanos 17${d.text(DIGITS, 17)}`,
  (d) => `"externalId": "${d.text(HEX, 24)}"`,
  (d) => `externalId=${okta(d, '00u')}`,
  (d) => `SCIM id ${d.text(DIGITS, 9)} (OneLogin user ${d.text(DIGITS, 8)})`,
  (d) => `escalation esc_${d.text('0123456789abcdefghjkmnpqrstvwxyz', 26)} acknowledged`,
  (d) => `rotation rot_${ulid(d)} revision 7`,
  (d) => `directory_${ulid(d)} synced`,
  (d) => `Location: https://portal.example.com/scim/v2/Users/${okta(d, '00u')}`,
  (d) => `"client_id":"${okta(d, '0oa')}"`,
  (d) => `app id ${d.uuid()} tenant acme-${d.text(HEX, 4)}`,
  (d) => `/assets/index-${d.text(HEX, 8)}.js 200`,
  (d) => `main.${d.text(HEX, 20)}.chunk.js`,
  (d) => `"kid":"${d.text(BASE64URL, 27)}"`,
  (d) => `uuid=${d.uuid().toUpperCase()}`,
  (d) => `token id ${d.uuid()} was revoked on 2026-11-20`,
  (d) => `tokenId=${d.uuid()} status=live`,
  (d) => `hint …${d.text(BASE62, 4)}, expires 2027-02-01`,
  (d) => `ticket INC${d.text(DIGITS, 7)} / CS${d.text(DIGITS, 8)}`,
  (d) => `message id <${d.text(HEX, 16)}.${d.text(DIGITS, 10)}@mail.acme.example>`,
  (d) => `etag: "${d.text(HEX, 16)}-${d.text(HEX, 6)}"`,
  (d) => `old token tok_${d.uuid()} is revoked`,
  (d) => `git sha ${d.text(HEX, 40)}`,
  (d) => `GIT_SHA=${d.text(HEX, 40)} image tag ${d.text(HEX, 40)}`,
  (d) => `git checkout ${d.text(HEX, 40)}`,
  (d) => `fp=${d.text(HEX, 16)} state=live`,
  (d) => `panic: 0x${d.text(HEX, 16)} at scim.(*Client).PatchGroup(0xc000${d.text(HEX, 6)})`,
  (d) => `event evt${d.text(BASE62, 22)} target 00u${d.text(BASE62, 17)}`,
  (d) => `"onPremisesImmutableId":"${d.text(BASE62, 22)}=="`,
  (d) => `id de requête : ${d.text(HEX, 32)}`,
  (d) => `projects/acme/traces/${d.text(HEX, 32)} rid=${d.text(HEX, 32)}`,
  (d) => `SHA256(bundle.zip)= ${d.text(HEX, 64)}`,
  (d) => `fingerprint (hmac-sha-256): ${d.text(HEX, 64)}`,
  (d) => `"members":[{"value":"${d.text(HEX, 24)}"}]`,
  (d) => `integrity="sha256-u+9b${d.text(BASE62, 39)}="`,
  (d) => `user_${d.text(HEX, 12)} and conn_${d.text(BASE62, 20)} are linked`,
  () => `"changePassword":{"supported":false},"bulk":{"supported":false,"maxOperations":0}`,
  () => `{"0":"users","1":"groups","2":"roles","3":"apps","4":"logs"}`,
  (d) => `0HM${d.text(UPPER + DIGITS, 10)}:0000000${d.below(9)}`.replace(/^/, 'RequestId: '),
]

/** One of each template, drawn anew. */
export const benignIds = (draw: Chance): string[] => TEMPLATES.map((write) => write(draw))
