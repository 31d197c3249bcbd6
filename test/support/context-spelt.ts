/** Places in which what stands around the token decides where it begins and ends: names, formats, scripts. */
import type { Context } from './context.ts'

const line = (token: string): string => token.replaceAll('\n', '\\n')

export const SPELT: readonly Context[] = [
  { name: 'glued-to-a-name', write: (t) => `user_${line(t)}_old was rejected` },
  {
    name: 'yaml-folded',
    write: (t) => `scim:\n  token: >-\n    ${line(t)}\n  retries: 3`,
  },
  { name: 'netrc', write: (t) => `machine portal.example.com login scim password ${line(t)}` },
  { name: 'go-map', write: (t) => `map[Accept:[*/*] Authorization:[Bearer ${line(t)}]]` },
  { name: 'ruby-hash', write: (t) => `{:token=>"${line(t)}", :tenant=>"acme"}` },
  {
    name: 'helm-set',
    write: (t) => `helm upgrade scim ./chart --set auth.token=${line(t)},replicas=2`,
  },
  { name: 'cdata', write: (t) => `<secret><![CDATA[${t}]]></secret>` },
  {
    name: 'multipart',
    write: (t) =>
      `------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name="token"\r\n\r\n${t}\r\n`,
  },
  {
    name: 'url-in-url',
    write: (t) =>
      `https://sso.example/login?returnTo=${encodeURIComponent(`https://portal.example/cb?access_token=${t}`)}`,
  },
  { name: 'file-name', write: (t) => `saved as /home/kim/${t.replace(/[\n/: ]/g, '_')}.txt` },
  { name: 'japanese', write: (t) => `トークン：${line(t)}を使いました。` },
  { name: 'spanish', write: (t) => `La clave que usamos es ${line(t)}. Desde ayer no funciona.` },
  { name: 'arabic', write: (t) => `الرمز الجديد هو ${line(t)} ولا يعمل.` },
  { name: 'emoji', write: (t) => `🔑${line(t)}🔑` },
]
