/** `interlock rotate` in front of a keyboard and a screen, to its end; → what was sent to the terminal. */
import { before, ENTER } from '../cli/screen.ts'
import { connect, openStage } from '../cli/stage.ts'
import { toRevoke, toTest } from '../cli/walk.ts'

export async function walkInTerminal(): Promise<string> {
  const stage = await openStage()
  try {
    const { old } = await connect(stage)
    const screen = before(['rotate', '--every', '1'], stage.serverEnv)
    await toTest(stage, screen)
    await toRevoke(stage, screen)
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
