/** Prose, error messages and log lines about tokens that contain none: every line must survive untouched. */
export const BENIGN_TEXT: readonly string[] = `
The SCIM token expired last night and provisioning stopped without a warning.
Please rotate the token before Friday; the old token stays valid until we revoke it.
Our administrator pasted the secret token into the wrong field and saved the page.
Token: expired. Secret: not shown again after creation.
The password must be at least 12 characters and contain a digit.
Authorization header is missing from the request.
Authorization: Bearer <token>
Authorization: Bearer $SCIM_TOKEN
Authorization: Bearer \${SCIM_TOKEN}
Authorization: Bearer ****
WWW-Authenticate: Bearer realm="SCIM"
WWW-Authenticate: Bearer error="invalid_token", error_description="The access token expired"
Basic header is applied to every request by the gateway.
Use "Bearer" followed by a space and the token value.
token_type=bearer expires_in=3600
"token_type": "Bearer", "expires_in": 86400, "scope": "scim:read scim:write"
Set SCIM_BEARER_TOKEN in the environment before you start the gateway.
The API key was created on 2026-11-24 by kim@acme.example and never used.
secret: rotate it every 90 days
Token name: okta-prod, created 2026-08-01, last used 2026-11-24T04:01:12.345Z
New token okta-production-2026 created, old token okta-production-2025 still live
token status=revoked reason=rotation
Two tokens are live: okta-prod and okta-prod-2.
urn:ietf:params:scim:schemas:core:2.0:User
urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
urn:ietf:params:scim:api:messages:2.0:ListResponse
urn:ietf:params:scim:api:messages:2.0:PatchOp
urn:interlock:problem:revocation-blocked
"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
https://portal.example.com/scim/v2
https://acme-corp.portal.example.com/scim/v2/ServiceProviderConfig
https://portal.example.com/t/acme/scim/v2/ResourceTypes
https://login.microsoftonline.com/acme.onmicrosoft.com/oauth2/v2.0/token
https://acme.okta.com/api/v1/apps?filter=status%20eq%20%22ACTIVE%22&limit=200
https://docs.example.com/guides/how-to-rotate-a-scim-token-without-downtime
https://learn.microsoft.com/en-us/entra/identity/app-provisioning/application-provisioning-quarantine-status
https://help.okta.com/en-us/content/topics/apps/apps_app_integration_wizard_scim.htm
pilot.user@acme.example
maria.gonzalez-hernandez+scim.test@subsidiary.acme-industries.example
no-reply@accounts.provisioning-notifications.example.com
The pilot user jean-baptiste.charpentier@acme.example was deactivated at 09:14.
2026-11-24T04:01:12.345Z INFO scim.users created userName=pilot@acme.example status=201 durationMs=41
2026-11-24 04:01:12,123 WARN [http-nio-8080-exec-4] c.a.scim.BearerTokenAuthenticationFilter - 401 Unauthorized
Nov 24 04:01:12 gateway-1 scimd[4211]: GET /scim/v2/Users?startIndex=1&count=100 200
10.12.4.7 - - [24/Nov/2026:04:01:12 +0000] "GET /scim/v2/Users HTTP/1.1" 401 64 "-" "Okta SCIM Client 1.0.0"
level=info msg="sync finished" created=12 updated=30 skipped=118 failed=0 duration=1m42s
{"time":"2026-11-24T04:01:12.345Z","level":"info","msg":"token rotation verified","rotation":"okta-prod","step":"verify"}
{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"uniqueness","detail":"userName already exists","status":"409"}
{"detail":"Authorization failed because of missing requirements.","status":401}
at com.example.scim.security.BearerTokenAuthenticationFilter.doFilterInternal(BearerTokenAuthenticationFilter.java:118)
at org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter.doFilter
java.lang.IllegalStateException: TokenRotationScheduler already running
com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException: Unrecognized field "externalID"
System.Net.Http.HttpRequestException: Response status code does not indicate success: 401 (Unauthorized).
Microsoft.Online.DirectoryServices.DirectoryValueExistsException
SystemForCrossDomainIdentityManagementBadResponse
SystemForCrossDomainIdentityManagementCredentialValidationUnavailable
We received this unexpected response from your application: Message: Processing of the HTTP request resulted in an exception.
StatusCode: Unauthorized Message: Processing of the HTTP request resulted in an exception. Please see the HTTP response returned by the 'Response' property.
AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.
AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application.
Error authenticating: Unauthorized. Errors reported by remote server: Invalid JSON: Unexpected character
Automatic provisioning of user Pilot User to app AxonFlow failed: Matching user not found
Automatic profile push of user Pilot User to app AxonFlow failed: Error while trying to push profile update: Bad Request
E0000011: Invalid token provided. E0000006: You do not have permission to perform the requested action.
Group push mapping "Engineering - Platform" failed: Unable to update Group Push mapping target App group
The credentials you entered could not be verified. Test connection failed with 403 Forbidden.
Provisioning has been quarantined. The following error was encountered: EncryptionKeyNotFound.
RedundantExport: the state of the user in both the source and target systems already match
Das Token ist abgelaufen, die Bereitstellung der Benutzerkonten wurde deshalb angehalten.
Bitte erneuern Sie das Token im Unternehmensportal und prüfen Sie anschließend die Gruppenzuordnungen.
Die Bereitstellungsprotokolle zeigen einen Authentifizierungsfehler bei der Benutzerkontensynchronisierung.
Kennwort: wird nicht gespeichert. Passwort zurückgesetzt am 24.11.2026.
Das Sicherheitszertifikat der Unternehmensanwendung wurde erneuert, der Fingerabdruck hat sich geändert.
Datenschutzgrundverordnung, Auftragsverarbeitungsvereinbarung und Zugriffsberechtigungskonzept liegen bei.
Le jeton a expiré : l'approvisionnement automatique des utilisateurs s'est arrêté cette nuit.
Merci de révoquer l'ancien jeton uniquement après avoir vérifié un événement de provisionnement.
Les identifiants de connexion ont été renouvelés par l'administratrice des systèmes d'information.
Mot de passe oublié ? Contactez le service informatique avant vendredi.
El token caducó anoche y la sincronización de usuarios se detuvo sin previo aviso.
Il token è scaduto durante la finestra di manutenzione; le autorizzazioni restano invariate.
Het token is verlopen en de gebruikerssynchronisatie is automatisch stopgezet.
Token wygasł wczoraj, a synchronizacja użytkowników została zatrzymana.
トークンの有効期限が切れたため、プロビジョニングが停止しました。
令牌昨晚过期，用户同步已停止，请尽快轮换。
Срок действия токена истёк, поэтому синхронизация пользователей остановлена.
Users are created but never deactivated; leavers keep their access for days.
Group membership changes arrive about forty minutes late, which matches the cycle of Entra.
We disabled the old app integration, cloned it, and entered the new base URL.
Discovery answers 200, Users answers 401, Groups answer 401: so the network is fine and the token is not.
The second person approved the revocation at 14:05, the quiet window ended at 14:10.
1. Create the token 2. Update the IdP 3. Test 4. Verify 5. Revoke
Step 4 of 5: waiting for a provisioning event (E6), earliest 2026-11-24T05:00:00.000Z
| level | seen | counts as |
| Y | N | Y | Y | N | - | P | Y | N | Y | Y | N | Y |
| E0 | E1 | E2 | E3 | E4 | E5 | E6 | E7 |
A1 A2 A3 B1 B2 C4 C5 D10 D11 E7 F12 G5 H1
HTTP/1.1 200 OK 201 Created 204 No Content 400 401 403 404 409 412 413 429 500 501 503
200 401 401 200 204 200 409 409 200 503 200 200
115 users, 99 groups, 105 devices, 109 apps, 95 policies, 110 roles, 101 rules, 119 logs
node v20.20.2, npm 10.8.2, scim-interlock 0.1.0, xstate 5.33.3, zod 4.6.7
v2.14.0-rc.1+build.20261124.5114f85
P3DT4H30M PT15M P90D 2026-W48-2 2026-11-24T04:01:12+01:00 20261124T040112Z
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36
C:\\Program Files\\Microsoft Entra Provisioning Agent\\AADConnectProvisioningAgent.exe.config
/var/log/containers/scim-gateway/application-2026-11-24.log.gz
/opt/axonflow/customer-portal/config/environments/production/scim-provisioning.yaml
src/main/java/com/example/identity/provisioning/ScimUserProvisioningServiceImpl.java
node_modules/@hono/zod-openapi/dist/index.d.ts:118:23
getServiceProviderConfigurationForTenant(tenantId, includeAuthenticationSchemes)
const provisioningResult = await userProvisioningService.synchronizeAllUsers({ dryRun: true })
SELECT id, name, expires_at, last_used_at, revoked_at FROM scim_tokens WHERE tenant_id = 'acme' ORDER BY created_at DESC;
kubectl -n identity get secret scim-gateway-token -o jsonpath='{.data.token}'
kubectl rollout restart deployment/scim-provisioning-gateway --namespace identity-production
curl -H "Authorization: Bearer $TOKEN" https://portal.example.com/scim/v2/Users?count=1
export SCIM_TOKEN=$(op read op://identity/scim/token)
client_secret=os.environ["CLIENT_SECRET"]
"required": ["userName", "emails", "active"], "password": {"type": "string", "writeOnly": true}
attributes=userName,name.givenName,name.familyName,emails,phoneNumbers,active,groups
filter=meta.lastModified gt "2026-11-24T00:00:00Z" and active eq true
userName eq "pilot@acme.example" and externalId pr
SCIM_CONNECTOR_MAX_CONCURRENT_REQUESTS=8
INTERLOCK_ALLOW_TARGETS=portal.internal.example:8443,localhost
ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION while connecting to portal.example.com:443
UNABLE_TO_VERIFY_LEAF_SIGNATURE DEPTH_ZERO_SELF_SIGNED_CERT ECONNREFUSED ETIMEDOUT
TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 TLSv1.3 X25519 secp256r1
CN=portal.example.com, O=Example Industries GmbH, L=München, C=DE
Subject: RE: [EXT] Fwd: SCIM provisioning stopped working since token rotation (URGENT!!!)
Kind regards, Siobhán O'Sullivan-Przybylski, Identity & Access Management, +49 89 1234567-890
Grzegorz Brzęczyszczykiewicz and Nguyễn Thị Minh Khai were not deprovisioned.
Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch is the name of the site.
Donaudampfschifffahrtsgesellschaftskapitän was the display name that broke the import.
antidisestablishmentarianism internationalization counterrevolutionaries
The quick brown fox jumps over the lazy dog while the auditors are watching.
Is the token the same in staging and in production? No: each environment has its own.
Could you please confirm the tenant, the base URL, the IdP and the approximate time of the failure?
Sent from my phone, sorry for the typos: tokn is expird, plz renwe asap
auth-smoke: 3 passed, 0 failed
session expired after 30 minutes of inactivity
The cookie banner blocks the login page of the portal in Firefox.
cookies: enabled, third-party cookies: blocked
signing key rotated, see the key vault for the current version
private key stays in the HSM and cannot be exported
api_key_required authentication_method=oauth_bearer_token secret_name=scim-gateway
credential type: client certificate; credential owner: platform team
License key: see the order confirmation. PIN: ask the help desk.
`
  .trim()
  .split('\n')

/** Openings and closings that turn one line into more, so that no detector can lean on the whole line. */
export const FRAMES: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => `> ${line}`,
  (line) => `[10:02] kim: ${line}`,
  (line) => `- ${line}\n- and nothing else changed`,
]
