/** The form of one entry: what is typed is kept as a draft at every key, checked by the schema that judges it, and shown as it will stand. */
import { createMemo, createSignal, For, onMount, Show } from 'solid-js'
import type { Did } from '#domain/identity.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { civilDateOf } from '#domain/time.ts'
import { townIdOf, type TownEntryBody, type TownKind } from '#domain/town-entry.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { townDesk } from '#src/i18n/town-desk.ts'
import { town } from '#src/i18n/town.ts'
import { createKept } from './told.ts'
import type { TownBench } from './town-bench.ts'
import { TownField } from './TownField.tsx'
import { bodyOfValues, townFields, valuesOfEntry, type TownValues } from './town-values.ts'

export interface Opened {
  readonly kind: TownKind
  readonly name: string
  /** What it begins with, where it is there already. */
  readonly body?: TownEntryBody
}

/** Drafts of new entries lie under their kind: a reload finds them. */
const draftOf = (did: Did, id: string) => createKept<TownValues>(`xinxigang/town-draft/${did}/${id}`)
const draftIdOf = ({ kind, name, body }: Opened): string => (body ? townIdOf({ kind, name }) : kind)
export const hasDraft = (did: Did, id: string): boolean => draftOf(did, id).read() !== undefined

interface TownFormProps {
  readonly locale: Locale
  readonly bench: TownBench
  readonly opened: Opened
  readonly close: () => void
}

export function TownForm(props: TownFormProps) {
  const words = () => inLocale(townDesk, props.locale)
  const { kind, name, body } = props.opened
  const today = civilDateOf(Date.now(), town.portal.zone)
  const draft = draftOf(props.bench.did, draftIdOf(props.opened))
  const begin: TownValues = body?.entry
    ? valuesOfEntry(body.entry)
    : kind === 'notice'
      ? { 'entry.postedOn': today }
      : {}
  const [values, setValues] = createSignal<TownValues>(draft.read() ?? begin)
  const [isAsked, setAsked] = createSignal(false)
  const [isFailed, setFailed] = createSignal(false)
  const made = createMemo(() => bodyOfValues({ kind, name }, values(), today))
  const refusals = () => {
    const said = made()
    return isAsked() && !said.ok ? said.error : []
  }
  const groups = createMemo(() => [
    ...new Set(
      props.bench.standing().flatMap(({ item }) => (item && item.kind === kind && item.kind !== 'notice' ? [item.group.zh] : [])),
    ),
  ]) // prettier-ignore
  let form: HTMLFormElement | undefined
  onMount(() => {
    form?.scrollIntoView({ block: 'start' })
    form?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
  })
  const set = (field: string, value: string) => {
    setValues({ ...values(), [field]: value })
    draft.write(values())
  }
  const save = async (event: Event) => {
    event.preventDefault()
    setAsked(true)
    const said = made()
    if (!said.ok) return void form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    const isKept = await props.bench.act(said.value).catch(() => false)
    setFailed(!isKept)
    if (!isKept) return // what was typed stays, as a draft and in the form
    draft.write(undefined)
    props.close()
  }
  const drop = () => {
    draft.write(undefined)
    props.close()
  }
  const nameOfKind = () => words().kinds[kind]
  return (
    <form ref={(element) => (form = element)} class="panel" data-form={kind} noValidate aria-labelledby="town-form" onSubmit={(event) => void save(event)}>
      <h2 id="town-form">{body ? words().editing(nameOfKind()) : words().creating(nameOfKind())}</h2>
      <div class="town-fields">
        <For each={townFields[kind]}>
          {(field) => (
            <TownField
              locale={props.locale}
              field={field}
              value={values()[field.name] ?? ''}
              refusals={refusals().filter((refusal) => refusal.field === field.name)}
              groups={groups()}
              set={(value) => set(field.name, value)}
            />
          )}
        </For>
      </div>
      <Preview locale={props.locale} values={values()} kind={kind} />
      <p role="status">
        <Show when={refusals().length > 0}>
          <span class="err">{words().bad(refusals().length)}</span>
        </Show>
        <Show when={isFailed()}>
          <span class="err">{words().notKept}</span>
        </Show>
      </p>
      <p class="btns">
        <button class="btn primary" type="submit" data-act="save">
          {words().save}
        </button>
        <button class="btn" type="button" data-act="close" onClick={() => props.close()}>
          {words().cancel}
        </button>
        <button class="btn plain" type="button" data-act="drop" onClick={drop}>
          {words().drop}
        </button>
      </p>
    </form>
  ) // prettier-ignore
}

interface PreviewProps {
  readonly locale: Locale
  readonly kind: TownKind
  readonly values: TownValues
}

function Preview(props: PreviewProps) {
  const value = (name: string) => props.values[`entry.${name}`] ?? ''
  const shown = (lang: 'zh' | 'en') => ({
    head: value(props.kind === 'notice' ? `title.${lang}` : `name.${lang}`),
    text: value(props.kind === 'notice' ? `text.${lang}` : `note.${lang}`),
  })
  return (
    <details class="preview" open>
      <summary>{inLocale(townDesk, props.locale).preview}</summary>
      <For each={[peoplesLanguage, 'en'] as const}>
        {(lang) => (
          <Show when={shown(lang === 'en' ? 'en' : 'zh').head}>
            <div lang={lang} data-preview={lang}>
              <b>{shown(lang === 'en' ? 'en' : 'zh').head}</b>{' '}
              <small>{value('postedOn') || value('number') || value('url')}</small>
              <p class="text">{shown(lang === 'en' ? 'en' : 'zh').text}</p>
            </div>
          </Show>
        )}
      </For>
    </details>
  )
}
