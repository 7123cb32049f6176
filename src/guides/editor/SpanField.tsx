/** A number of days or months. What is typed stays as typed; what is no number is kept as one that no policy takes. */
import { createEffect } from 'solid-js'
import type { DraftSpan } from '#domain/policy-draft.ts'
import { countOf } from './count.ts'
import { Choice } from './Sentence.tsx'

interface SpanFieldProps {
  readonly label: string
  readonly empty: string
  readonly units: Readonly<Record<DraftSpan['unit'], string>>
  readonly value: DraftSpan | undefined
  readonly onChange: (span: DraftSpan | undefined) => void
}

export function SpanField(props: SpanFieldProps) {
  let field: HTMLInputElement | undefined
  const unit = () => props.value?.unit ?? 'days'
  createEffect(() => {
    const count = props.value?.count
    if (field && countOf(field.value) !== count) field.value = count === undefined || count < 0 ? '' : String(count)
  })
  const change = (text: string): void => {
    const count = countOf(text)
    props.onChange(count === undefined ? undefined : { unit: unit(), count })
  }
  return (
    <span class="span-field">
      <input
        type="text"
        inputmode="numeric"
        autocomplete="off"
        maxlength={5}
        aria-label={props.label}
        placeholder="–"
        title={props.empty}
        ref={(own) => (field = own)}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <Choice
        label={props.label}
        value={unit()}
        options={[
          ['days', props.units.days],
          ['months', props.units.months],
        ]}
        onChoose={(chosen) => props.value && props.onChange({ ...props.value, unit: chosen })}
      />
    </span>
  )
}
