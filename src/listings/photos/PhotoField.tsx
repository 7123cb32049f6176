/** The photos of a listing in the form: chosen, taken, dropped or pasted; moved by drag or by buttons; removed, and brought back. */
import { createEffect, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { blobPath, photoWidths } from '#domain/blob-path.ts'
import { mostPhotos } from '#domain/photo.ts'
import { photoWords } from '#src/i18n/photos.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openPhotoStore } from '#src/sync/photo-store.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { controlId, type FormView } from '../Controls.tsx'
import { createPhotoList, type PhotoList } from './photo-list.ts'

export interface PhotoFieldProps {
  readonly form: FormView
  readonly now: () => number
  /** Files another app handed over. */
  readonly shared: readonly File[]
  readonly ready: (list: PhotoList) => void
}

export function PhotoField(props: PhotoFieldProps) {
  const words = inLocale(photoWords, props.form.locale)
  const list = createPhotoList({
    text: () => props.form.values['photos'],
    set: (text) => props.form.set('photos', text),
    now: props.now,
  })
  const [said, setSaid] = createSignal('')
  const [isOver, setOver] = createSignal(false)
  let box: HTMLDivElement | undefined
  const isFull = () => list.photos().length >= mostPhotos

  onMount(() => {
    props.ready(list)
    if (props.shared.length > 0) list.add(props.shared)
  })
  createEffect(
    on(
      () => list.working(),
      (now, before) => before && now === 0 && setSaid(words.added(list.photos().length)),
    ),
  )
  takeFromPage({ add: list.add, over: setOver, box: () => box })

  const move = (from: number, to: number, act: 'before' | 'after'): void => {
    const hash = list.photos()[from]?.hash
    list.move(from, to)
    setSaid(words.moved(to + 1))
    queueMicrotask(() => focusOn(box, hash, act))
  }
  const remove = (at: number): void => {
    list.remove(at)
    setSaid('')
    queueMicrotask(() => box?.querySelector<HTMLElement>('[data-act="undo-photo"]')?.focus())
  }
  return (
    <div
      class="photo-box"
      classList={{ over: isOver() }}
      ref={(element) => (box = element)}
      data-photos={list.photos().length}
      data-working={list.working()}
    >
      <Show when={list.photos().length > 0}>
        <ol class="shots" aria-label={words.list}>
          <For each={list.photos().map(({ hash }) => hash)}>
            {(hash, at) => <Shot list={list} hash={hash} at={at()} words={words} move={move} remove={remove} />}
          </For>
        </ol>
      </Show>
      <Show when={!isFull()} fallback={<p class="help">{words.full}</p>}>
        <div class="pick">
          <Pick id={controlId('photos')} label={words.choose} icon="plus" add={list.add} />
          <Pick id="photo-camera" label={words.take} icon="camera" camera add={list.add} />
          <p class="help drop">{words.drop}</p>
        </div>
      </Show>
      <Show when={list.removed()}>
        <p class="hint calm row">
          <span>{words.removed}</span>
          <button class="btn" type="button" data-act="undo-photo" onClick={() => list.undo()}>
            {words.undo}
          </button>
        </p>
      </Show>
      <p class="help" role="status" data-said>
        {list.working() > 0 ? words.working(list.working()) : said()}
      </p>
      <Show when={list.refused().length > 0}>
        <div class="hint bad" role="alert" data-refused>
          <p>{words.lead(list.refused().length)}</p>
          <ul>
            <For each={list.refused()}>
              {({ name, fault }) => <li data-fault={fault}>{words.refused[fault](name)}</li>}
            </For>
          </ul>
          <button class="btn" type="button" onClick={() => list.forgive()}>
            {words.close}
          </button>
        </div>
      </Show>
      <Show when={list.photos().length > 0}>
        <p class="help">{words.onDevice}</p>
      </Show>
    </div>
  )
}

interface ShotProps {
  readonly list: PhotoList
  readonly hash: string
  readonly at: number
  readonly words: (typeof photoWords)['zh-Hans']
  readonly move: (from: number, to: number, act: 'before' | 'after') => void
  readonly remove: (at: number) => void
}

function Shot(props: ShotProps) {
  const { words, hash } = props
  const [source, setSource] = createSignal('')
  const [isAbsent, setAbsent] = createSignal(false)
  onMount(async () => {
    const kept = await (await openPhotoStore()).get(hash)
    const url = kept ? URL.createObjectURL(new Blob([kept.bytes], { type: kept.type })) : blobPath(hash, photoWidths[0])
    setSource(url)
    onCleanup(() => kept && URL.revokeObjectURL(url))
  })
  return (
    <li
      class="shot"
      data-hash={hash}
      draggable="true"
      onDragStart={(event) => event.dataTransfer?.setData(dragType, String(props.at))}
      onDragOver={(event) => isShot(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!isShot(event)) return
        event.preventDefault()
        event.stopPropagation()
        props.list.move(Number(event.dataTransfer?.getData(dragType)), props.at)
      }}
    >
      <span class="frame">
        <Show when={source() && !isAbsent()} fallback={<small>{isAbsent() ? words.notHere : ''}</small>}>
          <img src={source()} alt={words.photo(props.at + 1)} draggable="false" onError={() => setAbsent(true)} />
        </Show>
        <Show when={props.at === 0}>
          <span class="tag">{words.cover}</span>
        </Show>
      </span>
      <span class="acts">
        <button
          type="button"
          data-act="before"
          aria-label={words.before(props.at + 1)}
          disabled={props.at === 0}
          onClick={() => props.move(props.at, props.at - 1, 'before')}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          data-act="remove-photo"
          aria-label={words.remove(props.at + 1)}
          onClick={() => props.remove(props.at)}
        >
          <Icon name="remove" />
        </button>
        <button
          type="button"
          data-act="after"
          aria-label={words.after(props.at + 1)}
          disabled={props.at === props.list.photos().length - 1}
          onClick={() => props.move(props.at, props.at + 1, 'after')}
        >
          <Icon name="next" />
        </button>
      </span>
    </li>
  )
}

const dragType = 'application/x-photo'
const isShot = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes(dragType) === true

/** The button that was pressed is where the photo is now; at an end it is the other one. */
function focusOn(box: HTMLElement | undefined, hash: string | undefined, act: 'before' | 'after'): void {
  const shot = box?.querySelector(`[data-hash="${hash}"]`)
  const [same, other] = [act, act === 'before' ? 'after' : 'before'].map((name) =>
    shot?.querySelector<HTMLButtonElement>(`[data-act="${name}"]`),
  )
  ;(same?.disabled ? other : same)?.focus()
}

interface PickProps {
  readonly id: string
  readonly label: string
  readonly icon: 'plus' | 'camera'
  readonly camera?: boolean
  readonly add: (files: readonly File[]) => void
}

/** Without a name: the files are no words of the form. */
const Pick = (props: PickProps) => (
  <label class="btn" classList={{ camera: props.camera === true }}>
    <Icon name={props.icon} />
    {props.label}
    <input
      id={props.id}
      class="hush"
      type="file"
      accept="image/*"
      multiple={!props.camera}
      capture={props.camera ? 'environment' : undefined}
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])]
        currentTarget.value = '' // the same file may be chosen again
        if (files.length > 0) props.add(files)
      }}
    />
  </label>
)

interface FromPage {
  readonly add: (files: readonly File[]) => void
  readonly over: (isOver: boolean) => void
  readonly box: () => HTMLElement | undefined
}

/** Pasted anywhere on the page, dropped on the field; a file that misses it does not take the page away. */
function takeFromPage({ add, over, box }: FromPage): void {
  const filesOf = (transfer: DataTransfer | null) => [...(transfer?.files ?? [])]
  const paste = (event: ClipboardEvent): void => {
    const files = filesOf(event.clipboardData)
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return
    event.preventDefault()
    add(files)
  }
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true
  const drag = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    over(event.type !== 'dragleave' && box()?.contains(event.target as Node) === true)
  }
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    over(false)
    if (box()?.contains(event.target as Node)) add(filesOf(event.dataTransfer))
  }
  document.addEventListener('paste', paste)
  for (const name of ['dragover', 'dragleave'] as const) addEventListener(name, drag)
  addEventListener('drop', drop)
  onCleanup(() => {
    document.removeEventListener('paste', paste)
    for (const name of ['dragover', 'dragleave'] as const) removeEventListener(name, drag)
    removeEventListener('drop', drop)
  })
}
