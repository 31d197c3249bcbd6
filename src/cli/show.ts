/** `interlock show`: one rotation or one connection, whole. */
import type { RotationView } from '../workflow/rotation-view.ts'
import { JSON_OPTION, SERVER_OPTIONS } from './command.ts'
import type { Command } from './command.ts'
import { EXIT, wrongUsage } from './fault.ts'
import { wrap } from './terminal.ts'
import type { Out } from './terminal.ts'
import { moment, requirementLines, stepLine, tokenName, WHO } from './view.ts'
import type { ConnectionView } from './view.ts'

export const show: Command = {
  usage: 'ID [options]',
  about: [
    'Shows a rotation (rot_…): its step, what is next and who does it, both tokens, the evidence and every requirement. Or a connection (con_…): its settings and the state of its tenant.',
  ],
  options: {
    ...SERVER_OPTIONS,
    certificate: { type: 'boolean', says: 'the evidence record of a rotation, as Markdown' },
    json: JSON_OPTION,
  },
  examples: [
    ['interlock show rot_01j…', 'why does it wait?'],
    ['interlock show rot_01j… --certificate > rotation.md', 'for the change ticket'],
  ],
  exits: { 0: 'shown', 1: 'not found, refused, or no answer', 2: 'it was called wrongly' },
  words: [1, 1],
  async run(call) {
    const { reaching } = await import('./reach.ts')
    const { out, json } = call
    const id = call.words[0] ?? ''
    if (!/^(rot|con)_[A-Za-z0-9_-]{1,60}$/.test(id)) {
      throw wrongUsage(
        'That is no id of a rotation (rot_…) or connection (con_…).',
        'interlock list shows them.',
      )
    }
    const kind = id.startsWith('rot_') ? 'rotations' : 'connections'
    if (call.has('certificate') && kind === 'connections') {
      throw wrongUsage(
        'A certificate is of a rotation.',
        'Example: interlock show rot_… --certificate',
      )
    }
    return reaching(call, async ({ api }) => {
      const path = `/v1/${kind}/${id}`
      if (call.has('certificate')) {
        if (json) out.json(await api.get(`${path}/certificate`))
        else out.raw(await api.text(`${path}/certificate`))
        return EXIT.done
      }
      const seen = await api.get<RotationView | ConnectionView>(path)
      if (json) out.json(seen)
      else if ('steps' in seen) tellRotation(out, seen)
      else tellConnection(out, seen)
      return EXIT.done
    })
  },
}

function tellRotation(out: Out, view: RotationView): void {
  const { ink, columns } = out
  const word = view.status === 'halted' ? ink.bad('HALTED') : view.status
  out.line(`${ink.strong(view.id)}  ${word}  ${ink.quiet(`revision ${view.revision}`)}`)
  out.line(`${view.tenantId}, ${view.idp}, started ${moment(view.startedAt)} by ${view.startedBy}`)
  out.line(stepLine(out, view))
  if (view.halted !== null) {
    out.line(`Halted ${moment(view.halted.at)} by ${view.halted.by}: ${view.halted.reason}`)
  }
  out.line(`\nNext: ${ink.strong(view.next.title)} (${WHO[view.next.who]})`)
  view.next.instructions.forEach((one, index) =>
    out.line(wrap(`${index + 1}. ${one}`, columns, '  ', '   ')),
  )
  out.line(`\nOld token  ${tokenName(view.oldToken)}, ${used(view.oldToken)}`)
  out.line(
    `New token  ${tokenName(view.newToken)}${view.newToken === null ? '' : `, ${used(view.newToken)}`}`,
  )
  if (view.cutoverAt !== null) out.line(`Cutover    ${moment(view.cutoverAt)}`)
  if (view.evidence.length > 0) out.line('\nEvidence')
  for (const one of view.evidence) {
    const counts = one.admissible ? 'counts' : 'does not count'
    out.line(
      wrap(
        `${one.level} ${one.kind}, ${one.witness}, ${one.occurredAt}: ${counts}. ${one.why}`,
        columns,
        '  ',
      ),
    )
  }
  out.line()
  for (const line of requirementLines(out, view.requirements)) out.line(line)
}

const used = (token: { lastUsedAt: string | null }): string =>
  token.lastUsedAt === null ? 'no use seen' : `last used ${moment(token.lastUsedAt)}`

function tellConnection(out: Out, one: ConnectionView): void {
  out.line(`${out.ink.strong(`${one.tenantId} / ${one.name}`)}  ${one.id}`)
  const portal = `${one.portal.kind}${one.portal.hasCredential ? ', connected' : ', not connected'}`
  const rows: [string, string][] = [
    ['IdP', one.idp],
    ['Base URL', one.scimBaseUrl],
    ['Environment', one.environment ?? 'none named'],
    ['Pilot user', one.pilotUser ?? 'none named'],
    ['Portal', `${portal}; shows a use at most ${one.portal.granularitySeconds} s late`],
    ['Quiet window', `${one.policy.quietMinutes} min; second person: ${one.policy.secondPerson}`],
    ['Latest rotation', one.latestRotation ?? 'none'],
  ]
  for (const [name, value] of rows) out.line(`  ${name.padEnd(16)} ${value}`)
  if (one.hold === null) return
  out.line(out.ink.bad(`HELD ${moment(one.hold.at)} by ${one.hold.by}: nothing starts here`))
  for (const { source, expected, found } of one.hold.mismatches) {
    out.line(`  ${source}: expected ${expected}, found ${found}`)
  }
}
