/** The symptoms as choices. A GET: the address is the question, and can be passed on. */
import type { Catalog } from '../catalog.ts'
import { Choice, More } from './field.tsx'
import type { Fields } from './form.ts'
import { mainQuestions, moreQuestions } from './symptom-choice.ts'
import type { Question } from './symptom-choice.ts'

interface Props {
  catalog: Catalog
  chosen: Fields
  /** Fields that contradict each other. */
  disputed: readonly string[]
}

export const SymptomForm = ({ catalog, chosen, disputed }: Props) => {
  const more = moreQuestions(catalog)
  const ask = (questions: readonly Question[]) => (
    <div class="choices">
      {questions.map(({ name, label, options }) => (
        <Choice
          name={name}
          label={label}
          value={chosen[name]}
          options={withChosen(options, chosen[name])}
          {...(disputed.includes(name) ? { hint: 'does not fit the others marked like this' } : {})}
        />
      ))}
    </div>
  )
  return (
    <form method="get" action="/guide/symptoms" class="symptoms">
      {ask(mainQuestions)}
      <More
        title="More that somebody may have seen"
        open={more.some(({ name }) => chosen[name] !== undefined)}
      >
        {ask(more)}
      </More>
      <p class="press">
        <button class="primary" type="submit">
          What does this mean?
        </button>
        <span class="quiet">
          Nothing of your account is asked for. What is not known stays open; nothing is concluded
          from it.
        </span>
      </p>
    </form>
  )
}

/** A status that no list has can stand in a link all the same. */
const withChosen = (options: Question['options'], value: string | undefined) =>
  value === undefined || options.some((option) => option.value === value)
    ? options
    : [...options, { value, title: value }]
