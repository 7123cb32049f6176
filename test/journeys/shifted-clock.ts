/** Clocks that are off: that of a person's device, and that of the portal, which then stands for time that has passed. */
import { writeFileSync } from 'node:fs'
import type { BrowserContext } from 'playwright-core'

/** The clock of the person's device is off by `ms`, on every page from now on; `setShift` in a page changes it there. */
export const shiftClock = (context: BrowserContext, ms: number) =>
  context.addInitScript((first) => {
    const RealDate = Date
    let shift = first
    class ShiftedDate extends RealDate {
      constructor(...given: [] | [number]) {
        super(given[0] ?? RealDate.now() + shift)
      }
      static override now = () => RealDate.now() + shift
    }
    Object.assign(globalThis, { Date: ShiftedDate, setShift: (next: number) => (shift = next) })
  }, ms)

/** A portal whose process, threads included, lives `later` by what stands in a file when it starts. */
export function laterPortal(file: string) {
  const code = `import { readFileSync } from 'node:fs'
    const [RealDate, shift] = [Date, Number(readFileSync(${JSON.stringify(file)}, 'utf8'))]
    globalThis.Date = class extends RealDate {
      constructor(...given) { given.length > 0 ? super(...given) : super(RealDate.now() + shift) }
      static now = () => RealDate.now() + shift
    }`
  const later = (ms: number) => writeFileSync(file, String(ms))
  later(0)
  return { later, env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` } }
}
