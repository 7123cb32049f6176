/** A sentence with gaps, `{name}` for each: the words come from the dictionary in the order of the language, the controls from here. */
import { For, type JSX } from 'solid-js'

interface SentenceProps {
  readonly text: string
  readonly gaps: Readonly<Record<string, () => JSX.Element>>
}

export const Sentence = (props: SentenceProps) => (
  <span class="sentence">
    <For each={props.text.split(/\{(\w+)\}/)}>
      {(part, place) => (place() % 2 === 1 ? props.gaps[part]?.() : part.trim() && <span>{part.trim()}</span>)}
    </For>
  </span>
)

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChoose: (value: T) => void
}

export const Choice = <T extends string>(props: ChoiceProps<T>) => (
  <select
    aria-label={props.label}
    onChange={(event) => {
      const chosen = props.options.find(([id]) => id === event.currentTarget.value)
      if (chosen) props.onChoose(chosen[0])
    }}
  >
    <For each={props.options}>
      {([id, name]) => (
        <option value={id} selected={props.value === id}>
          {name}
        </option>
      )}
    </For>
  </select>
)
