/** Labelled fields, each with its hint where a screen reader finds it. */
import { createContext, useContext } from 'hono/jsx'
import type { Child } from 'hono/jsx'

/** Names the form around a field: two forms of one page may ask for the same thing, and ids must differ. */
export const FormScope = createContext('f')

const idOf = (name: string): string => `${useContext(FormScope)}-${name.replaceAll('.', '-')}`

interface Props {
  name: string
  label: string
  value?: string | undefined
  hint?: string | undefined
  type?: 'text' | 'url' | 'email' | 'number' | 'password' | 'search' | 'date'
  required?: boolean
  /** Not needed for saving, and not optional either: it can be answered later. */
  later?: boolean
  maxlength?: number
  /** Tokens and credentials: nothing remembers, corrects or reads them out. */
  secret?: boolean
  min?: number
  max?: number
  short?: boolean
  /** The script asks the server about it while it is typed. */
  check?: string
  /** The id of what stands beside it and tells more. */
  beside?: string
}

const described = (...ids: (string | false | undefined)[]): string | undefined =>
  ids.filter((id) => typeof id === 'string').join(' ') || undefined

export const Field = (props: Props) => {
  const { name, label, hint, secret = false, short = false, check, beside, later, ...rest } = props
  const id = idOf(name)
  return (
    <p class={short ? 'field short' : 'field'}>
      <label for={id}>
        {label}
        {rest.required === true || later === true ? null : <span class="quiet"> (optional)</span>}
      </label>
      <input
        id={id}
        name={name}
        type={rest.type ?? (secret ? 'password' : 'text')}
        value={rest.value}
        required={rest.required}
        maxlength={rest.maxlength}
        min={rest.min}
        max={rest.max}
        autocomplete="off"
        spellcheck={false}
        autocapitalize="off"
        data-check={check}
        aria-describedby={described(
          (hint !== undefined || check !== undefined) && `${id}-hint`,
          beside,
        )}
      />
      {(hint !== undefined || check !== undefined) && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </p>
  )
}

interface ChoiceProps {
  name: string
  label: string
  value?: string | undefined
  options: readonly { value: string; title: string }[]
  hint?: string
  beside?: string
}

export const Choice = ({ name, label, value, options, hint, beside }: ChoiceProps) => {
  const id = idOf(name)
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        aria-describedby={described(hint !== undefined && `${id}-hint`, beside)}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.title}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </p>
  )
}

/** Something that most people do not need now. */
export const More = (props: { title: string; open?: boolean; id?: string; children?: Child }) => (
  <details id={props.id} open={props.open}>
    <summary>{props.title}</summary>
    <div class="inside">{props.children}</div>
  </details>
)
