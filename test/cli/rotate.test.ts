/** The guided walk: once in a real pseudo-terminal, its other ways before an injected keyboard. */
import { afterEach, describe, expect, it } from 'vitest'
import { isLive } from './portal.ts'
import { inTerminal } from './child.ts'
import { before, CTRL_C, DOWN, ENTER } from './screen.ts'
import type { Screen } from './screen.ts'
import { connect, openStage } from './stage.ts'
import type { Connected, Stage } from './stage.ts'
import { enterAtIdp, toRevoke, toTest } from './walk.ts'

let stage: Stage
afterEach(() => stage.close())

async function revoke(screen: Screen, connected: Connected): Promise<void> {
  screen.press(ENTER)
  await screen.expect(/last four characters/)
  screen.press(`nope${ENTER}`)
  await screen.expect(/These are not its last four/)
  const shown = stage.provider.practice.tokens.list().find((t) => t.id === connected.old.id)
  screen.press(`\u007F\u007F\u007F\u007F${shown?.prefix.slice(-4) ?? ''}${ENTER}`)
}

describe('in a pseudo-terminal', () => {
  it('walks a rotation to its end against a server, and shows the token on the other screen only', async () => {
    stage = await openStage()
    const connected = await connect(stage, { idpScreen: null })
    const screen = inTerminal(['rotate', '--every', '1'], stage.serverEnv)
    await screen.expect(/Which token does the IdP use now\?/)
    screen.press(ENTER)
    await screen.expect(/Which screen of the IdP/)
    screen.press(ENTER)
    await screen.expect(/Create the new token now\?/)
    screen.press(ENTER)
    await screen.expect(/For how many days\?/)
    screen.press(ENTER)
    const [, value = ''] = await screen.expect(/\n(scim_[\w-]{30,})/)
    await screen.expect(/This screen goes away/)
    enterAtIdp(stage, value)
    screen.press(`${DOWN}${ENTER}`)
    await screen.expect(/Test it now\?/)
    await toRevoke(stage, screen)
    expect(isLive(stage, connected.old.id)).toBe(true)
    await revoke(screen, connected)
    await screen.expect(/Rotated\. Revoked:/)
    await screen.expect(/the new token answers 200/)
    expect(await screen.ended).toBe(0)
    expect(isLive(stage, connected.old.id)).toBe(false)

    const all = screen.all()
    const other = all.slice(all.indexOf('\u001B[?1049h'), all.indexOf('\u001B[?1049l'))
    expect(other).toContain(value)
    expect(all.replace(other, '')).not.toContain(value)
    expect(all).not.toContain(stage.serverEnv['INTERLOCK_KEY'])
    expect(all).not.toContain(connected.old.value)
    expect(all.lastIndexOf('\u001B[?25h')).toBeGreaterThan(all.lastIndexOf('\u001B[?25l'))
  })

  it('leaves the terminal and the store in order after Ctrl-C, on the local store', async () => {
    stage = await openStage()
    await connect(stage)
    await stage.stop()
    const screen = inTerminal(['rotate'], stage.localEnv)
    await screen.expect(/Which token does the IdP use now\?/)
    screen.press(CTRL_C)
    expect(await screen.ended).toBe(130)
    const all = screen.all()
    expect(all.lastIndexOf('\u001B[?25h')).toBeGreaterThan(all.lastIndexOf('\u001B[?25l'))
    // Nobody holds the folder any more, and nothing was begun.
    const listed = before(['list', '--json'], stage.localEnv)
    expect(await listed.ended).toBe(0)
    const { items } = JSON.parse(listed.all()) as { items: { rotation: unknown }[] }
    expect(items).toHaveLength(1)
    expect(items[0]?.rotation).toBeNull()
  })
})

describe('before an injected keyboard', () => {
  it('goes on where it was left, asks again for a token it no longer holds, and refuses pasted tokens', async () => {
    stage = await openStage()
    const connected = await connect(stage)
    await stage.stop()
    const first = before(['rotate', '--every', '1'], stage.localEnv)
    const value = await toTest(stage, first)
    first.press(CTRL_C)
    await first.expect(/Nothing is lost\. Go on with: interlock rotate rot_\w+/)
    expect(await first.ended).toBe(130)
    expect(first.errors()).toContain('Stopped.')

    const listed = before(['list', '--json'], stage.localEnv)
    await listed.ended
    const [row] = (JSON.parse(listed.all()) as { items: { rotation: { id: string } }[] }).items
    const id = row?.rotation.id ?? ''

    const second = before(['rotate', id, '--every', '1'], stage.localEnv)
    await second.expect(/Test it now\?/)
    second.press(ENTER)
    await second.expect(/Interlock no longer holds the new token/)
    second.press(`${connected.old.value}${ENTER}`)
    await second.expect(/refused: .*old token/)
    await second.expect(/And now\?/)
    second.press(ENTER)
    await second.expect(/Test it now\?/)
    second.press(ENTER)
    await second.expect(/paste it/)
    second.press(`${value}${ENTER}`)
    await second.expect(/When the change is on its way/)

    // A reason is kept: a token in it never leaves this machine.
    second.press(`${DOWN.repeat(4)}${ENTER}`)
    await second.expect(/Which way\?/)
    second.press(DOWN.repeat(2))
    await second.expect(/● Halt/)
    second.press(ENTER)
    await second.expect(/Why is it halted\?/)
    second.press(`see ${value}${ENTER}`)
    await second.expect(/This looks like a token/)
    second.press('\u0015')
    second.press(`the change window is over${ENTER}`)
    await second.expect(/HALTED .*the change window is\s+over/)
    second.press(`${DOWN}${ENTER}`)
    await second.expect(/Why is it safe/)
    second.press(`a new window is open${ENTER}`)
    await second.expect(/When the change is on its way/)
    second.press(CTRL_C)
    expect(await second.ended).toBe(130)
    expect(isLive(stage, connected.old.id)).toBe(true)
    expect(second.plain().replaceAll(`see ${value}`, '')).not.toContain(value)
  })

  it('walks a manual portal by what the person types, and waits for a second one', async () => {
    stage = await openStage()
    const connected = await connect(stage, { manual: true })
    const fresh = stage.provider.practice.tokens.create({ name: 'okta-next' }).value.reveal()
    const screen = before(['rotate', '--every', '1'], stage.serverEnv)
    await screen.expect(/Which token does the IdP use now\?/)
    screen.press(ENTER)
    await screen.expect(/The old token \(not shown\)/)
    screen.press(`${connected.old.value}${ENTER}`)
    await screen.expect(/Create a token in the portal/)
    screen.press(ENTER)
    await screen.expect(/The new token \(not shown\)/)
    screen.press(`${fresh}${ENTER}`)
    await screen.expect(/Where does the IdP stand\?/)
    enterAtIdp(stage, fresh)
    screen.press(ENTER)
    await screen.expect(/Test it now\?/)
    screen.press(ENTER)
    await screen.expect(/When the change is on its way/)
    screen.press(`${DOWN}${ENTER}`)
    await screen.expect(/The old token: last used/)
    screen.press(`yesterday${ENTER}`)
    await screen.expect(/As 16:31/)
    screen.press('\u0015')
    screen.press(`never${ENTER}`)
    await screen.expect(/The new token: last used/)
    screen.press(`never${ENTER}`)
    await screen.expect(/When the change is on its way/)
    screen.press(`${DOWN.repeat(5)}${ENTER}`)
    await screen.expect(/Which way\?/)
    screen.press(`${DOWN}${ENTER}`)
    await screen.expect(/Nothing is lost\. Go on with: interlock rotate rot_\w+ --url/)
    expect(await screen.ended).toBe(3)
    expect(screen.plain()).not.toContain(fresh)
    expect(screen.plain()).not.toContain(connected.old.value)
  })

  it('starts nothing on a held connection until somebody says why it may', async () => {
    stage = await openStage()
    const { connectionId } = await connect(stage)
    const path = `/v1/connections/${connectionId}`
    await stage.owner.send('POST', `${path}/report-mismatch`, { body: { found: 'globex-eu' } })
    const first = before(['rotate'], stage.serverEnv)
    await first.expect(/HELD since/)
    await first.expect(/person: expected acme, found globex-eu/)
    await first.expect(/Is it found out which is right/)
    first.press('n')
    expect(await first.ended).toBe(3)
    const second = before(['rotate'], stage.serverEnv)
    await second.expect(/Is it found out which is right/)
    second.press('y')
    await second.expect(/Why is this the right tenant\?/)
    second.press(`it was the staging app, now switched off${ENTER}`)
    await second.expect(/Which token does the IdP use now\?/)
    second.press(CTRL_C)
    expect(await second.ended).toBe(130)
    expect((await stage.owner.send('GET', path)).body['hold']).toBeNull()
  })

  it('says how to go on when the server goes away in the middle', async () => {
    stage = await openStage()
    await connect(stage)
    const screen = before(['rotate', '--every', '1'], stage.serverEnv)
    await toTest(stage, screen)
    await stage.stop()
    screen.press(ENTER)
    await screen.expect(/Nothing is lost\. Go on with: interlock rotate rot_\w+ --url/)
    expect(await screen.ended).toBe(1)
    expect(screen.errors()).toContain('nothing listens there')
  })

  it('is a conversation: without a terminal it says so, and with --json it only shows', async () => {
    stage = await openStage()
    const { connectionId, old } = await connect(stage)
    const piped = before(['rotate'], stage.serverEnv, { isTTY: false, input: '' })
    expect(await piped.ended).toBe(2)
    expect(piped.errors()).toContain('no terminal')
    const begun = await stage.owner.send('POST', '/v1/rotations', {
      body: { connectionId, oldToken: { id: old.id } },
    })
    const id = String(begun.body['id'])
    const shown = before(['rotate', id, '--json'], stage.serverEnv, { isTTY: false, input: '' })
    expect(await shown.ended).toBe(0)
    const view = JSON.parse(shown.all()) as { id: string; next: { action: string } }
    expect(view).toMatchObject({ id, next: { action: 'create' } })
  })
})
