/** The text with its tools, who is in it, how much of its room is used, and Markdown in and out. */
import { createSignal, For, getOwner, onMount, runWithOwner, Show } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { richTextBytes } from '#domain/rich-text.ts'
import type { EditorWords } from '#src/i18n/editor.ts'
import { download } from '#src/ui/download.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { insertMarkdown, markdownOf, textOfFile, titleAndBody } from './markdown.ts'
import type { Other } from './presence.ts'
import type { SharedLine } from './shared-line.ts'
import { Toolbar } from './Toolbar.tsx'
import { createWriting, type Writing } from './writing.ts'

interface TextDeskProps {
  readonly doc: Doc
  readonly awareness: Awareness | undefined
  readonly others: readonly Other[]
  readonly title: SharedLine
  readonly words: EditorWords
  readonly onReady: (writing: Writing) => void
}

export function TextDesk(props: TextDeskProps) {
  let place: HTMLDivElement | undefined
  let openLink = () => {}
  const owner = getOwner()
  const [writing, setWriting] = createSignal<Writing>()
  const [told, setTold] = createSignal('')
  onMount(() =>
    runWithOwner(owner, () => {
      if (!place) return
      const { doc, awareness, words } = props
      const { body: label, somebody } = words
      const onFile = ({ name, size }: File) => setTold(words.notPlaced(name, (size / 1_000_000).toFixed(1)))
      const made = createWriting({ doc, awareness, element: place, label, somebody, onFile })
      setWriting(made)
      props.onReady(made)
    }),
  )
  return (
    <section class="text-desk">
      <Show when={writing()}>
        {(made) => (
          <>
            <Toolbar words={props.words} writing={made()} onLink={() => openLink()} />
            <LinkDialog words={props.words} editor={made().editor} ref={(open) => (openLink = open)} />
          </>
        )}
      </Show>
      <div
        class="sheet"
        ref={(own) => (place = own)}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          openLink()
        }}
      />
      <Show when={writing()}>{(made) => <Underline {...props} writing={made()} told={told()} tell={setTold} />}</Show>
    </section>
  )
}

interface UnderlineProps extends TextDeskProps {
  readonly writing: Writing
  readonly told: string
  readonly tell: (told: string) => void
}

function Underline(props: UnderlineProps) {
  const open = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? []
    if (!file) return
    const text = await textOfFile(file)
    input.value = ''
    props.tell(text === undefined ? props.words.notOpened : props.words.opened)
    if (text === undefined) return
    const { title, body } = titleAndBody(text)
    const isNew = title !== undefined && props.title.text() === ''
    if (isNew) props.title.write(title)
    insertMarkdown(props.writing.editor, isNew ? body : text)
  }
  const save = (): void => {
    const title = props.title.text()
    download(markdownOf(title, props.writing.editor), {
      name: `${title.replace(/[\\/:*?"<>|]/g, ' ').trim() || props.words.file}.md`,
      type: 'text/markdown',
    })
  }
  return (
    <div class="under">
      <Size bytes={props.writing.bytes()} words={props.words} />
      <Show when={props.awareness}>
        <p class="others">
          <Show when={props.others.length > 0} fallback={props.words.alone}>
            {props.words.others}
            <For each={props.others}>{({ name, tint }) => <span class={`other ${tint}`}>{name}</span>}</For>
          </Show>
        </p>
      </Show>
      <p class="btns">
        <label class="btn file">
          {props.words.open}
          <input
            type="file"
            accept=".md,.markdown,.txt,text/markdown,text/plain"
            onChange={(event) => void open(event.currentTarget)}
          />
        </label>
        <button class="btn" type="button" data-save onClick={save}>
          {props.words.save}
        </button>
      </p>
      <p class="quiet" role="status">
        {props.told}
      </p>
    </div>
  )
}

const nearly = 0.9

function Size(props: { readonly bytes: number; readonly words: EditorWords }) {
  const state = () => (props.bytes > richTextBytes ? 'full' : props.bytes > richTextBytes * nearly ? 'nearly' : 'fine')
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)
  return (
    <div class="size" data-size={state()}>
      <meter
        aria-label={props.words.body}
        min="0"
        max={richTextBytes}
        high={richTextBytes * nearly}
        value={Math.min(props.bytes, richTextBytes)}
      />
      <span>{props.words.size(kilobytes(props.bytes), kilobytes(richTextBytes))}</span>
      <p role="status">{state() === 'full' ? props.words.full : state() === 'nearly' ? props.words.nearlyFull : ''}</p>
    </div>
  )
}
