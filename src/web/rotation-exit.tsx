/** The ways out. Each says what it does to the two tokens before it can be pressed. */
import { Field, More } from './field.tsx'
import type { RotationData } from './rotation-data.ts'
import { VerbForm } from './verb-form.tsx'

const WAYS = [
  {
    verb: 'halt',
    title: 'Halt',
    button: 'Halt the rotation',
    says: 'Nothing goes on until a person resumes it. Both tokens stay as they are.',
  },
  {
    verb: 'roll-back',
    title: 'Roll back',
    button: 'Roll back',
    says: 'The IdP goes back to the old token; the new one is revoked once the same proof holds the other way round. Before the IdP was updated, the new token is revoked at once.',
  },
  {
    verb: 'abandon',
    title: 'Abandon',
    button: 'Abandon the rotation',
    says: 'Interlock revokes nothing and forgets the values. Whatever tokens live go on living.',
  },
] as const

export const Exits = ({ data }: { data: RotationData }) => {
  const { view } = data
  const open = WAYS.filter(
    ({ verb }) =>
      verb === 'abandon' ||
      (view.status === 'active' && (verb === 'halt' || view.direction === 'forward')),
  )
  return (
    <section class="exits" aria-labelledby="exits">
      <h2 id="exits">Ways out</h2>
      {open.map(({ verb, title, button, says }) => (
        <More title={title} open={data.refused?.at === verb}>
          <VerbForm data={data} verb={verb} button={button}>
            <p>{says}</p>
            <Field name="reason" label="Reason" required maxlength={500} />
          </VerbForm>
        </More>
      ))}
    </section>
  )
}
