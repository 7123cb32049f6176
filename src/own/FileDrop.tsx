/** A file, chosen or dropped. */
import { createSignal, type JSX } from 'solid-js'

interface FileDropProps {
  readonly id: string
  readonly label: string
  readonly accept: string
  readonly given: (file: File) => void
}

export function FileDrop(props: FileDropProps): JSX.Element {
  const [isOver, setOver] = createSignal(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer?.files ?? []
    if (file) props.given(file)
  }
  return (
    <div
      class={isOver() ? 'file-drop over' : 'file-drop'}
      onDragOver={(event) => (event.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label class="btn">
        {props.label}
        <input
          id={props.id}
          class="hush"
          type="file"
          accept={props.accept}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file) props.given(file)
            currentTarget.value = '' // the same file again is asked again
          }}
        />
      </label>
    </div>
  )
}
