/** The guided walk as a person takes it at the keyboard, with the IdP in the other window. */
import { DOWN, ENTER } from './screen.ts'
import type { Screen } from './screen.ts'
import { PILOT } from './stage.ts'
import type { Stage } from './stage.ts'

export function enterAtIdp({ idp }: Stage, value: string): void {
  idp.enterToken(`Bearer ${value}`)
  idp.save()
}

/** From the choice of the old token to the new one in the IdP. → its value */
export async function toTest(stage: Stage, screen: Screen): Promise<string> {
  await screen.expect(/Which token does the IdP use now\?/)
  screen.press(ENTER)
  await screen.expect(/Create the new token now\?/)
  screen.press(ENTER)
  await screen.expect(/For how many days\?/)
  screen.press(ENTER)
  const [, value = ''] = await screen.expect(/\n(scim_[\w-]{30,})/)
  await screen.expect(/This screen goes away/)
  enterAtIdp(stage, value)
  screen.press(DOWN)
  await screen.expect(/● It is saved in the IdP/)
  screen.press(ENTER)
  await screen.expect(/Test it now\?/)
  return value
}

/** From the test to the moment when everything holds. */
export async function toRevoke(stage: Stage, screen: Screen): Promise<void> {
  screen.press(ENTER)
  const [, canary = ''] = await screen.expect(/Set title\s+(interlock-\w{6})/)
  const [, earliest = ''] = await screen.expect(/Not before\s+(\S+Z)/)
  await screen.expect(/When the change is on its way/)
  const wait = Math.max(0, Date.parse(earliest) + 1_000 - Date.now())
  await new Promise((resolve) => setTimeout(resolve, wait))
  await stage.idp.provision({ userName: PILOT, change: { title: canary } })
  screen.press(ENTER)
  await screen.expect(/The old token can go/)
}
