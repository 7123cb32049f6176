/**
 * Writing a guide: title, summary, text and rules in one shared document. The document is all it needs: it works without a
 * network, alone or with others, and publishing hands out what was written, once nothing stands against it.
 * Heavy: to be loaded only where somebody writes.
 */
import { createSignal, For, Show } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { Locale } from '#domain/locale.ts'
import type { PolicyFrame } from '#domain/policy-made.ts'
import type { Policy } from '#domain/policy-schema.ts'
import type { RichText } from '#domain/rich-text.ts'
import { plainText } from '#domain/rich-text-words.ts'
import { tidied } from '#domain/plain-text.ts'
import { civilDateOf } from '#domain/time.ts'
import { editor as editorWords } from '#src/i18n/editor.ts'
import { rules as rulesWords } from '#src/i18n/rules.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { RefusalLines } from '../business/RefusalLines.tsx'
import { createHouse } from '../house.ts'
import { createOthers } from './presence.ts'
import { RuleBuilder } from './RuleBuilder.tsx'
import { createRules } from './rules.ts'
import { createSharedLine } from './shared-line.ts'
import { TextDesk } from './TextDesk.tsx'
import { TitleField } from './TitleField.tsx'
import type { Writing } from './writing.ts'
import '../text.css'
import './editor.css'

export interface WrittenGuide {
  readonly title: string
  readonly summary: string
  readonly body: RichText
  readonly policy: Policy | undefined
}

export interface GuideEditorProps {
  readonly doc: Doc
  readonly locale: Locale
  readonly zone: string
  /** Who else is here; `user: { name }` in each state. */
  readonly awareness?: Awareness
  /** Id, version, day and author of the policy, if rules are written. */
  readonly frame?: Partial<PolicyFrame>
  readonly onPublish?: (guide: WrittenGuide) => void
}

const longest = { title: 60, summary: 160 } as const

export function GuideEditor(props: GuideEditorProps) {
  const words = () => inLocale(editorWords, props.locale)
  const meta = props.doc.getMap<unknown>('meta')
  const labels = (): Readonly<Record<string, string>> => {
    const { title, summary, body } = words()
    return { title, summary, text: body }
  }
  const title = createSharedLine(meta, 'title')
  const summary = createSharedLine(meta, 'summary')
  const today = () => civilDateOf(Date.now(), props.zone)
  const rules = createRules(props.doc, () => frameOf(props, title.text(), today()))
  const others = createOthers(props.awareness, words().somebody)
  const [writing, setWriting] = createSignal<Writing>()
  const [problems, setProblems] = createSignal<readonly string[]>([])

  const said = () => ({ title: tidied(title.text(), 'one'), summary: tidied(summary.text(), 'one') })
  const house = createHouse(
    () => [title.text(), summary.text(), writing()?.step()],
    (code) => code.guideAgainstHouse({ ...said(), ...textOf(writing()) }),
  )

  const publish = (): void => {
    const guide = said()
    const body = writing()?.read()
    const made = rules.made()
    const hasWords = body?.ok && plainText(body.value) !== ''
    setProblems([
      ...(guide.title ? [] : [words().noTitle]),
      ...(body && !body.ok ? [words().fault[body.error.kind]] : hasWords ? [] : [words().noBody]),
      ...(made && !made.ok ? [words().rules] : []),
    ])
    if (problems().length > 0 || !body?.ok) return
    // what was found may have been mended since
    if (house.refusals().length > 0) return void house.look().then((found) => found.length === 0 && publish())
    props.onPublish?.({ ...guide, body: body.value, policy: made?.ok ? made.value : undefined })
  }
  return (
    <div class="guide-editor">
      <TitleField
        id="guide-title"
        label={words().title}
        help={words().titleHelp}
        most={longest.title}
        line={title}
        words={words()}
      />
      <TitleField id="guide-summary" label={words().summary} most={longest.summary} line={summary} words={words()} />
      <TextDesk
        doc={props.doc}
        awareness={props.awareness}
        others={others()}
        title={title}
        words={words()}
        onReady={setWriting}
      />
      <div role="status" data-house>
        <Show when={house.refusals().length > 0}>
          <div class="hint bad">
            <p>{words().house}</p>
            <RefusalLines
              locale={props.locale}
              refusals={house.refusals()}
              labelOf={(field) => labels()[field] ?? field}
            />
          </div>
        </Show>
      </div>
      <RuleBuilder rules={rules} locale={props.locale} today={today} />
      <Show when={props.onPublish}>
        <div role="alert">
          <Show when={problems().length > 0}>
            <div class="hint bad">
              <p>{words().cannot}</p>
              <ul>
                <For each={problems()}>{(line) => <li>{line}</li>}</For>
              </ul>
            </div>
          </Show>
        </div>
        <p class="btns">
          <button class="cta" type="button" data-publish onClick={publish}>
            {words().publish}
          </button>
        </p>
      </Show>
    </div>
  )
}

const textOf = (writing: Writing | undefined): { readonly text?: RichText } => {
  const read = writing?.read()
  return read?.ok ? { text: read.value } : {}
}

const frameOf = ({ frame, locale }: GuideEditorProps, title: string, today: string): PolicyFrame => ({
  id: frame?.id ?? 'draft',
  version: frame?.version ?? 1,
  validFrom: frame?.validFrom ?? today,
  title: frame?.title ?? (tidied(title, 'one') || inLocale(rulesWords, locale).previewName),
  author: frame?.author ?? inLocale(rulesWords, locale).previewAuthor,
})
