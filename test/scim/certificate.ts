/**
 * A self-signed certificate made on the spot, so that no private key lies in the repository and none
 * expires. X.509 v3 (RFC 5280 §4.1) in the few DER forms it needs, over a P-256 key.
 */
import { generateKeyPairSync, sign } from 'node:crypto'

export interface SelfSigned {
  cert: string
  key: string
}

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const size = body.length
  const length =
    size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, Math.floor(size / 256), size % 256]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts)
const hex = (text: string): Buffer => Buffer.from(text, 'hex')

const ECDSA_WITH_SHA256 = sequence(tlv(0x06, hex('2a8648ce3d040302')))
const COMMON_NAME = tlv(0x06, hex('550403'))
const SUBJECT_ALT_NAME = tlv(0x06, hex('551d11'))
const BASIC_CONSTRAINTS = tlv(0x06, hex('551d13'))

/** Valid for a day around now, for one DNS name. */
export function selfSigned(dnsName: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(tlv(0x31, sequence(COMMON_NAME, tlv(0x0c, Buffer.from(dnsName)))))
  const time = (shiftMs: number): Buffer => {
    const at = new Date(Date.now() + shiftMs).toISOString().replace(/[-:T]|\.\d+/g, '')
    return tlv(0x18, Buffer.from(at))
  }
  const day = 86_400_000
  const extensions = sequence(
    sequence(SUBJECT_ALT_NAME, tlv(0x04, sequence(tlv(0x82, Buffer.from(dnsName))))),
    sequence(BASIC_CONSTRAINTS, tlv(0x04, sequence(tlv(0x01, hex('ff'))))),
  )
  const body = sequence(
    tlv(0xa0, tlv(0x02, hex('02'))),
    tlv(0x02, hex('2a')),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(-day), time(day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, extensions),
  )
  const signature = tlv(0x03, hex('00'), sign('sha256', body, privateKey))
  const der = sequence(body, ECDSA_WITH_SHA256, signature).toString('base64')
  const lines = der.match(/.{1,64}/g) ?? []
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
