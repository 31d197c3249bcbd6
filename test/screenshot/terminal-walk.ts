/** `interlock rotate` in front of a keyboard and a screen, as far as the proof; → what was sent to the terminal. */
import { before, DOWN, ENTER } from '../cli/screen.ts'
import { connect, openStage, PILOT } from '../cli/stage.ts'

export async function walkInTerminal(): Promise<string> {
  const stage = await openStage()
  try {
    const { old } = await connect(stage)
    const screen = before(['rotate', '--every', '1'], stage.serverEnv)
    await screen.expect(/Which token does the IdP use now\?/)
    screen.press(ENTER)
    await screen.expect(/Create the new token now\?/)
    screen.press(ENTER)
    await screen.expect(/For how many days\?/)
    screen.press(ENTER)
    const [, value = ''] = await screen.expect(/\n(scim_[\w-]{30,})/)
    await screen.expect(/This screen goes away/)
    stage.idp.enterToken(`Bearer ${value}`)
    stage.idp.save()
    screen.press(`${DOWN}${ENTER}`)
    await screen.expect(/Test it now\?/)
    screen.press(ENTER)
    const [, canary = ''] = await screen.expect(/Set title\s+(interlock-\w{6})/)
    const [, earliest = ''] = await screen.expect(/Not before\s+(\S+Z)/)
    await screen.expect(/When the change is on its way/)
    const wait = Math.max(0, Date.parse(earliest) + 1_000 - Date.now())
    await new Promise((resolve) => setTimeout(resolve, wait))
    await stage.idp.provision({ userName: PILOT, change: { title: canary } })
    screen.press(ENTER)
    await screen.expect(/The old token can go/)
    screen.press(ENTER)
    await screen.expect(/last four characters/)
    const shown = stage.provider.practice.tokens.list().find((t) => t.id === old.id)
    screen.press(`${shown?.prefix.slice(-4) ?? ''}${ENTER}`)
    await screen.expect(/the new token answers 200/)
    await screen.ended
    return screen.all()
  } finally {
    await stage.close()
  }
}
