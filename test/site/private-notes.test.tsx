import { createRoot } from 'solid-js'
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { ok, err, type Result } from '#domain/result.ts'
import { createNotePen } from '../../src/private/note-pen.ts'
import { NoteField } from '../../src/private/NoteBox.tsx'
import { createNotes, mostNote } from '../../src/private/notes.ts'
import { freshTexts, mergeTexts, textsOf } from '../../src/own/workspace-texts.ts'

const id = 'a'.repeat(26)
const [one, other] = [
  { id, title: '实木书桌' },
  { id: 'b'.repeat(26), title: '电动车' },
]
const meet = (...docs: readonly Y.Doc[]) => {
  for (const to of docs) for (const from of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
}
const device = () => {
  const doc = new Y.Doc()
  return { doc, notes: createNotes({ doc }) }
}
const closing: (() => void)[] = []
afterEach(() => {
  closing.splice(0).forEach((close) => close())
  vi.useRealTimers()
  document.body.replaceChildren()
})

describe('notes', () => {
  it('are one for each listing, whoever of one person’s devices wrote last, the newest first', () => {
    const [here, there] = [device(), device()]
    here.notes.write({ ...one, text: '周六去看' }, 1)
    here.notes.write({ ...other, text: '太远' }, 2)
    meet(here.doc, there.doc)
    there.notes.write({ ...one, text: '周六下午去看，砍到 200' }, 3)
    meet(here.doc, there.doc)
    expect(here.notes.list()).toEqual(there.notes.list())
    expect(here.notes.list().map(({ text }) => text)).toEqual(['周六下午去看，砍到 200', '太远'])
    expect(here.doc.getMap('notes').size).toBe(2)
  })

  it('that two devices wrote without knowing of each other are both there, and one again when somebody writes on', () => {
    const [here, there] = [device(), device()]
    here.notes.write({ ...one, text: '看看' }, 1)
    meet(here.doc, there.doc)
    here.notes.write({ ...one, text: '周六去' }, 5)
    there.notes.write({ ...one, text: '带卷尺' }, 6)
    meet(here.doc, there.doc)
    for (const { notes } of [here, there]) expect(notes.textOf(id)).toBe('周六去\n带卷尺')
    here.notes.write({ ...one, text: '周六去，带卷尺' }, 7)
    meet(here.doc, there.doc)
    expect([there.notes.textOf(id), there.doc.getMap('notes').size]).toEqual(['周六去，带卷尺', 1])
  })

  it('that are taken away on one device and written on at another stay written', () => {
    const [here, there] = [device(), device()]
    here.notes.write({ ...one, text: '看看' }, 1)
    meet(here.doc, there.doc)
    here.notes.write({ ...one, text: ' ' }, 2)
    there.notes.write({ ...one, text: '看看，问能不能送' }, 3)
    meet(here.doc, there.doc)
    expect([here.notes.textOf(id), there.notes.textOf(id)]).toEqual(['看看，问能不能送', '看看，问能不能送'])
  })

  it('of another version that are not understood are left alone', () => {
    const { doc, notes } = device()
    doc.getMap('notes').set(`${id}/9`, '{"v":2}')
    expect([notes.list(), notes.textOf(id), doc.getMap('notes').size]).toEqual([[], '', 1])
  })

  it('go along with all that is one’s own, and come back only where there is none on that listing', () => {
    const [here, empty, newer] = [device(), device(), device()]
    here.notes.write({ ...one, text: '周六去' }, 1)
    const taken = textsOf(here.doc)
    mergeTexts(empty.doc, taken)
    expect(empty.notes.textOf(id)).toBe('周六去')
    newer.notes.write({ ...one, text: '已经买了' }, 9)
    expect(freshTexts(newer.doc, taken)).toEqual({})
    mergeTexts(newer.doc, taken)
    expect(newer.notes.textOf(id)).toBe('已经买了')
  })
})

function pen(saved: () => Promise<Result<void, { readonly kind: 'storage'; readonly detail: string }>>) {
  const { doc, notes } = device()
  const made = createRoot((dispose) => {
    closing.push(dispose)
    return createNotePen({ notes, room: { saved, memoryOnly: false }, now: () => 7, of: one })
  })
  return { doc, notes, pen: made }
}

describe('the pen of a note', () => {
  it('says that the words are kept only when they are, and tries again when there was no room', async () => {
    vi.useFakeTimers()
    const answers = [err({ kind: 'storage' as const, detail: 'full' }), ok(undefined)]
    const { pen: written, notes } = pen(async () => answers.shift() ?? ok(undefined))
    written.write('周六去')
    expect([written.mark(), notes.textOf(id)]).toEqual(['saving', '周六去'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written.mark()).toBe('failed')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(written.mark()).toBe('kept')
  })

  it('does not say that a note is deleted while the disk refuses it, tries again, and can still give it back', async () => {
    vi.useFakeTimers()
    const answers: Result<void, { readonly kind: 'storage'; readonly detail: string }>[] = [ok(undefined)]
    const { pen: written, notes } = pen(async () => answers.shift() ?? err({ kind: 'storage', detail: 'full' }))
    written.write('周六去')
    await vi.advanceTimersByTimeAsync(1_000)
    written.drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written.mark()).toBe('drop-failed')
    answers.push(ok(undefined))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(written.mark()).toBe('dropped')
    written.undo()
    expect([written.text(), notes.textOf(id)]).toEqual(['周六去', '周六去'])
  })

  it('takes a note away and gives it back', async () => {
    vi.useFakeTimers()
    const { pen: written, notes } = pen(async () => ok(undefined))
    written.write('周六去')
    await vi.advanceTimersByTimeAsync(1_000)
    written.drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect([written.mark(), written.text(), notes.list()]).toEqual(['dropped', '', []])
    written.undo()
    await vi.advanceTimersByTimeAsync(1_000)
    expect([written.mark(), notes.textOf(id)]).toEqual(['kept', '周六去'])
  })
})

describe('the box of a note', () => {
  it('shows what is there, what another device writes, and how much room is left; what two wrote may be too long and is kept', () => {
    const { doc, notes } = device()
    notes.write({ ...one, text: '周六去' }, 1)
    const me = { saved: async () => ok(undefined), memoryOnly: false }
    closing.push(
      render(() => <NoteField locale="zh-Hans" notes={notes} me={me} {...one} now={() => 2} />, document.body),
    )
    const box = document.querySelector('textarea')
    expect([box?.value, box?.maxLength]).toEqual(['周六去', mostNote])
    expect(document.body.textContent).toContain(`3 / ${mostNote}`)
    const there = new Y.Doc()
    createNotes({ doc: there }).write({ ...one, text: '长'.repeat(mostNote) }, 5)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(there))
    expect(box?.value).toBe(`周六去\n${'长'.repeat(mostNote)}`)
    expect(document.querySelector('[role="status"]')?.textContent).toContain('多出 4 字')
  })
})
