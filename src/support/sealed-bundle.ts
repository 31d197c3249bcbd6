/** The bundle for one reader: `.zip.age`, encrypted to support's public key (age, C2SP age-encryption.org/v1). */
import { Encrypter } from 'age-encryption'

/** The recipient as it is written, or null: a letter too few would seal it for nobody. */
export function parseRecipient(text: string): string | null {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return null
  try {
    new Encrypter().addRecipient(text)
    return text
  } catch {
    return null
  }
}

/** Signed inside, sealed outside. Other bytes each time: the file's key is drawn anew. */
export async function sealBundle(zip: Uint8Array, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(zip)
}
